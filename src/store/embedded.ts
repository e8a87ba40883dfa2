import type { DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';

type Signer = Exclude<NonNullable<DynamoDBClientConfig['signer']>, (...args: never[]) => unknown>;

const credential = 'Credential=local/20260101/local/dynamodb/aws4_request';

/** Embedded databases want to see a signature and check none; a real one takes a fifth of a request's time. */
const signer: Signer = {
  sign: async (request) => {
    request.headers['x-amz-date'] = '20260101T000000Z';
    request.headers['authorization'] = `AWS4-HMAC-SHA256 ${credential}, SignedHeaders=host;x-amz-date, Signature=0`;
    return request;
  },
};

/** How the SDK reaches a DynamoDB embedded in a process of this machine. */
export const embedded = (endpoint: string): DynamoDBClientConfig => ({
  endpoint,
  region: 'local',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  signer,
});
