// Starts GraphiQL on the address that served this page. `?query=` opens with a query, as links from the documents do.
(() => {
  const asked = new URLSearchParams(location.search);
  const example = document.getElementById("example").content.textContent.trim();
  const element = React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({ url: location.pathname }),
    query: asked.get("query") ?? undefined,
    variables: asked.get("variables") ?? undefined,
    defaultQuery: `${example}\n`,
    defaultEditorToolsVisibility: true,
  });
  ReactDOM.createRoot(document.getElementById("graphiql")).render(element);
})();
