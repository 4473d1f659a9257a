// Node's official client against a server. Environment: ENDPOINT, KEY_ID, KEY_SECRET, BUCKET, V4 ("1" or "0").
// Prints one JSON object: what each call gave, by its name.
'use strict';

const OSS = require('ali-oss');
const http = require('http');

const settings = {
  region: 'oss-cn-hangzhou',
  accessKeyId: process.env.KEY_ID,
  accessKeySecret: process.env.KEY_SECRET,
  bucket: process.env.BUCKET,
  authorizationV4: process.env.V4 === '1',
};
const client = new OSS({ ...settings, endpoint: process.env.ENDPOINT });
// For an address in numbers it signs no URLs; with a name it puts the bucket in front.
const signing = new OSS({ ...settings, endpoint: process.env.ENDPOINT.replace('127.0.0.1', 'localhost') });

function here(_name, options, done) {
  return options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
}

async function failing(call) {
  try {
    const result = await call();
    return { status: result.res.status };
  } catch (error) {
    return { status: error.status, code: error.code, message: error.message };
  }
}

function fetched(url) {
  return new Promise((resolve, reject) => {
    http.get(url, { lookup: here }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({ status: answer.statusCode, body: Buffer.concat(parts).toString() }));
    }).on('error', reject);
  });
}

async function main() {
  const seen = {};
  const key = 'folder/a b+\u4e2d.txt';
  await client.putBucket(process.env.BUCKET);
  await client.putBucketTags(process.env.BUCKET, { colour: 'red' });
  const tagged = await client.listBuckets({ prefix: process.env.BUCKET, subres: { tagging: '"colour":"red"' } });
  seen.buckets = tagged.buckets.map((each) => ({ name: each.name, tag: each.tag }));

  const put = await client.put(key, Buffer.from('contenttest'), { meta: { word: 'kept' } });
  seen.put = { status: put.res.status, name: put.name };

  const got = await client.get(key);
  seen.get = { status: got.res.status, body: got.content.toString(), meta: got.res.headers['x-oss-meta-word'] };

  const head = await client.head(key);
  seen.head = { status: head.status, length: head.res.headers['content-length'], meta: head.meta };

  const long_ago = { 'If-Modified-Since': new Date('1970-01-01').toGMTString() };
  const earlier = await client.get(key, { headers: long_ago });
  seen.modified_since = { status: earlier.res.status, body: earlier.content.toString() };
  const now = { 'If-Modified-Since': new Date().toGMTString() };
  seen.not_modified = await failing(() => client.get(key, { headers: now }));
  const other = { 'If-Match': '"other"' };
  seen.other_etag = await failing(() => client.get(key, { headers: other }));
  seen.copy_of_other = await failing(() => client.copy('copied', key, { headers: other }));
  seen.absent = await failing(() => client.get('absent'));

  const range = await client.get(key, { headers: { Range: 'bytes=0-6' } });
  seen.range = { status: range.res.status, body: range.content.toString() };

  const large = Buffer.alloc(350 * 1024, 'abc');
  const parts = await client.multipartUpload('large', large, { partSize: 100 * 1024, parallel: 2 });
  const whole = await client.get('large');
  seen.multipart = { status: parts.res.status, etag: parts.etag, equal: whole.content.equals(large) };

  const stream = require('stream').Readable.from([Buffer.from('streamed '), Buffer.from('body')]);
  await client.putStream('streamed', stream);
  seen.stream = { body: (await client.get('streamed')).content.toString() };

  const measured = require('stream').Readable.from([Buffer.from('of known length')]);
  const sized = await client.put('sized', measured, { headers: { 'Content-Length': 15 } });
  seen.sized = { status: sized.res.status, body: (await client.get('sized')).content.toString() };

  const copied = await client.copy('copied', key);
  seen.copy = { status: copied.res.status };

  const names = [];
  let token;
  do {
    const page = await client.listV2({ 'max-keys': '2', 'continuation-token': token });
    names.push(...page.objects.map((each) => each.name));
    token = page.nextContinuationToken;
  } while (token);
  seen.list = names;

  const url = signing.signatureUrl(key, { expires: 600 });
  seen.signed = await fetched(url);
  seen.spoilt = { status: (await fetched(url.replace('a%20b', 'c%20d'))).status };
  if (process.env.V4 === '1') {
    seen.signed_v4 = await fetched(await signing.signatureUrlV4('GET', 600, {}, key));
  }

  const odd = 'a<b&c>d + \x01\n\x0c';
  await client.put(odd, Buffer.from('odd'));
  seen.odd_listed = (await client.list({ prefix: 'a<' })).objects.map((each) => each.name);
  seen.odd_deleted = (await client.deleteMulti([odd])).deleted.map((each) => each.Key);

  const deleted = await client.delete(key);
  seen.delete = { status: deleted.res.status };
  await client.deleteMulti(['large', 'streamed', 'sized', 'copied']);
  seen.left = ((await client.list({ 'max-keys': 10 })).objects || []).length;

  process.stdout.write(JSON.stringify(seen));
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
