// A connection below a node: Relay makes CountryNewsPaginationQuery of it, which asks `node(id:)` for the next part.
graphql`
  fragment CountryNews_country on Country
  @argumentDefinitions(count: { type: "Int", defaultValue: 2 }, cursor: { type: "String" })
  @refetchable(queryName: "CountryNewsPaginationQuery") {
    news(first: $count, after: $cursor) @connection(key: "CountryNews_news") {
      edges {
        node {
          id
          title
          ...NewsCard_item
        }
      }
    }
  }
`;
