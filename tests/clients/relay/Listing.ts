// A connection on the root.
graphql`
  query ListingQuery($locale: LocaleCode, $count: Int!, $cursor: String) {
    news(locale: $locale, first: $count, after: $cursor) @connection(key: "Listing_news", filters: ["locale"]) {
      edges {
        node {
          id
          ...NewsCard_item
        }
      }
    }
  }
`;
