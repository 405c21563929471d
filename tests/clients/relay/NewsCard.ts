graphql`
  fragment NewsCard_item on NewsItem {
    title
    date
    path
    kind {
      name
    }
  }
`;
