graphql`
  query CountryPageQuery($code: String!, $locale: LocaleCode) {
    country(code: $code, locale: $locale) {
      id
      name
      ...CountryNews_country
    }
  }
`;
