// graphql-eslint's rule sets for schemas, "recommended" and "relay", find nothing but what ADR 0007 argues for.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import pluginModule from '@graphql-eslint/eslint-plugin';
import { ESLint } from 'eslint';
import { buildSchema, isInputObjectType, isInterfaceType, isEnumType, isObjectType, validateSchema } from 'graphql';
import { SCHEMA, check, end } from './lib.mjs';

// ADR 0007: what has no identity has no id, and lists of parts are plain lists.
const WITHOUT_ID = {
  suffixes: ['Connection', 'Edge', 'PageInfo'],
  types: [
    // Values and parts, which stand in one place of one page.
    ...['Alternate', 'Breadcrumb', 'Embed', 'Fact', 'FocalPoint', 'HighlightFragment', 'ImageRendition', 'KeyFigure'],
    ...['PageLink', 'RichText', 'RichTextNode', 'SearchHighlights', 'SocialLink', 'TableCell', 'TableRow'],
    'TimelineEvent',
    // Parts of one record, and what was said of it on a day.
    ...['AgreementFacets', 'AgreementParty', 'AgreementStage', 'AgreementText', 'AnnouncedStatus', 'Coordinates'],
    ...['EventParticipant', 'EventSource', 'FacetValue', 'MissionAccreditation', 'MissionAppointment', 'MissionClosure'],
    ...['MissionContact', 'MissionResponsibility', 'MissionService', 'MissionStatusChange', 'NewsPerson', 'Office'],
    ...['OpeningHours', 'OrganisationMember', 'PersonPost', 'SpokenLanguage', 'TimelineEntry', 'TravelAdviceArea'],
    ...['TravelAdviceChange', 'TravelAdviceSection'],
    // Counts and states of pages.
    ...['PageTranslation', 'TranslationCoverage'],
    // What `route` says of a path.
    ...['Gone', 'ProtectedPage', 'Redirect', 'RouteNotFound'],
    // Told apart by a name of their own (code, slug, location) and by the language asked for.
    ...['Locale', 'Navigation', 'NewsKind', 'SiteSettings', 'SubRegion'],
  ],
};
const plugin = pluginModule.default ?? pluginModule;
const schema = buildSchema(readFileSync(SCHEMA, 'utf8'));

await check('graphql-js takes the schema', () => validateSchema(schema).map((error) => error.message).join('; '));
await check('everything is described', () => {
  const missing = [];
  for (const type of Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith('__'))) {
    const parts = [type];
    if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) parts.push(field, ...(field.args ?? []));
    }
    if (isEnumType(type)) parts.push(...type.getValues());
    missing.push(...parts.filter(({ description }) => !description).map(({ name }) => `${type.name}.${name}`));
  }
  return missing.join(', ');
});
await check('exceptions are types without an id', () =>
  WITHOUT_ID.types.filter((name) => !schema.getType(name) || schema.getType(name).getFields().id).join(', '),
);
for (const set of ['recommended', 'relay']) {
  await check(`graphql-eslint schema-${set}`, async () => {
    const rules = { ...plugin.configs[`flat/schema-${set}`].rules };
    if (set === 'relay') {
      rules['@graphql-eslint/relay-edge-types'] = ['error', { listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false }];
    }
    if (set === 'recommended') rules['@graphql-eslint/strict-id-in-types'] = ['error', { exceptions: WITHOUT_ID }];
    rules['@graphql-eslint/no-typename-prefix'] = 'off';
    const eslint = new ESLint({
      cwd: path.dirname(SCHEMA),
      overrideConfigFile: true,
      ignore: false,
      overrideConfig: [
        {
          files: ['**/*.graphql'],
          plugins: { '@graphql-eslint': plugin },
          languageOptions: { parser: plugin.parser, parserOptions: { graphQLConfig: { schema: SCHEMA } } },
          rules,
        },
      ],
    });
    const [result] = await eslint.lintFiles([SCHEMA]);
    return result.messages.map(({ ruleId, line, message }) => `\n  ${ruleId} line ${line}: ${message.split('\n')[0]}`).join('');
  });
}
end();
