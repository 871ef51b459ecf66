"""Trains two small SentencePiece models on the recorded texts and records the ids that SentencePiece itself gives.

Needs SentencePiece (Debian: python3-sentencepiece). Run after record.mjs: /usr/bin/python3 tests/tokenizers/record_sentencepiece.py
"""
import gzip
import io
import json
import pathlib

import sentencepiece

FIXTURES = pathlib.Path(__file__).parent.parent / "Fukami.Transformers.Tests/Tokenizers/Fixtures"
pairs = json.loads(gzip.decompress((FIXTURES / "pairs.json.gz").read_bytes()))
texts = pairs["texts"]

# the first half alone is learned from, so that the rest meets characters without a piece
lines = [line.replace("\0", "") for text in texts[:500] for line in text.splitlines() if line.strip()]
KINDS = {
    "llama": dict(model_type="bpe", byte_fallback=True, normalization_rule_name="identity", remove_extra_whitespaces=False, split_digits=True, character_coverage=0.98, allow_whitespace_only_pieces=True),
    "unigram": dict(model_type="unigram", byte_fallback=False, character_coverage=0.99),
}
for name, options in KINDS.items():
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(lines), model_writer=model, vocab_size=900, num_threads=1, hard_vocab_limit=False, minloglevel=2, **options)
    (FIXTURES / f"{name}.model").write_bytes(model.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    pairs[name] = [processor.encode(text) for text in texts]
    pairs[name + "Text"] = [processor.decode(ids) for ids in pairs[name]]

(FIXTURES / "pairs.json.gz").write_bytes(gzip.compress(json.dumps(pairs, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0))
