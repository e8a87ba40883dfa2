/** A signature that HubSpot published or that HubSpot's own code makes in its tests. */
export interface SignatureVector {
  readonly from: string;
  readonly secret: string;
  readonly method: string;
  readonly url: string;
  readonly body: string;
  readonly timestamp: string;
  readonly signature: string;
}

const backend = {
  from: "WebhookSignatureGeneratorTest of HubSpot's backend",
  secret: 'f6e94c08-85d0-4608-bcc6-e1850176e7b8',
  method: 'POST',
  url: 'https://www.hubspot.com/webhook',
  timestamp: '1632188626483',
};
const devServer = {
  from: 'signing.spec of @hubspot/ui-extensions-dev-server',
  secret: '12345678-aaaa-bbbb-cccc-ddddeeeeffff',
  method: 'GET',
  url: 'https://hubspot.com/?appId=1&portalId=2&userId=3',
  timestamp: '1111111111',
};
const example = {
  secret: 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy',
  method: 'POST',
  url: 'https://www.example.com/webhook_uri',
};
const python = { ...example, from: 'tests of hubspot-api-python', timestamp: '1693657560000' };
const ruby = { ...example, from: 'tests of hubspot-api-ruby', timestamp: '1700000300000' };
const documentation = { ...example, from: "HubSpot's documentation", timestamp: '1564113600000' };

/** Version 3: base64 of HMAC-SHA256 over method, URL, body and timestamp. */
export const v3Vectors: readonly SignatureVector[] = [
  { ...backend, body: 'REQUEST_BODY', signature: 'jf872r5vscVcxCiDRHA4rGrqe/8BPLNVkdJSHdMnGTU=' },
  { ...backend, body: '', signature: 'csXgk7UbrE9F8ZmMvbpuKBxqIvTSqU1EX9pI/SJtxSE=' },
  { ...devServer, body: '', signature: 'zTfXjo07jfzGouo4wvyAj3qEMUTVJ0PPYPACrluQtQI=' },
  { ...devServer, body: '{"a":1,"b":2}', signature: 'aaknaCGCYJ4yqzuf1UKGqAWUfdcilJtm5nc/ZCudR9k=' },
  { ...python, body: "{'example_field':'example_value'}", signature: 'K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=' },
  { ...ruby, body: "{'example_field':'example_value'}", signature: 'RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw=' },
];

const v1Body =
  '[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,' +
  '"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM","changeFlag":"NEW",' +
  '"appId":54321}]';

/** Versions 1 and 2: SHA-256 in hex without a time, so that whoever sees one can send it again for ever. */
export const olderVectors: readonly SignatureVector[] = [
  {
    ...backend,
    body: 'REQUEST_BODY',
    signature: '57bb01a6e6ac92919b5e715d68f40265328701bbf1cf3fd73772887069945766',
  },
  { ...backend, body: '', signature: 'befaef2b7354f11bf651f6468e8b5cf6bd449048deaf057f712980afb2a682f5' },
  { ...documentation, body: v1Body, signature: '232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de' },
  {
    ...documentation,
    method: 'GET',
    body: '',
    signature: 'eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e',
  },
  {
    ...documentation,
    body: '{"example_field":"example_value"}',
    signature: '9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900',
  },
];
