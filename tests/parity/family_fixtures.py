#!/usr/bin/python3
"""Writes small random model folders of other families, and what PyTorch computes from them in float64.

    /usr/bin/python3 tests/parity/family_fixtures.py [DIRECTORY]

One zip a family; in it, for each case, the folder (config.json and model.safetensors as that family's real ones look) and beside it
batch.json (what is fed) and reference.safetensors (logits, loss, named points and gradients). docs/parity.md says how they are compared.
"""

import json
import math
import os
import sys
import zipfile

import numpy as np
import torch

import families
import formula
import safetensors

SEED = 20
BATCH, TOKENS = 2, 8


# -- numbers -----------------------------------------------------------------------------------------------------------


def drawn(case, name, shape, kind):
    """float32 of 14 bits, by the formula: few enough to pack well, more than float16 and bfloat16 hold."""
    u = np.round(formula.uniform(f"{SEED}:{case}:{name}", math.prod(shape)) * 2.0 ** 14) / 2.0 ** 14
    center, scale = {"gain": (1, 0.5), "offset": (0, 0.5), "bias": (0, 0.5), "table": (0, 2), "matrix": (0, 1)}[kind]
    return (center + scale * u).reshape(shape).astype(np.float32)


def dense(name, inputs, outputs, bias):
    yield name + ".weight", (outputs, inputs), "matrix"
    if bias:
        yield name + ".bias", (outputs,), "bias"


# -- the tensors of each family ----------------------------------------------------------------------------------------


def gpt2_tensors(c, prefix, head, buffers):
    width, inner = c["n_embd"], c.get("n_inner") or 4 * c["n_embd"]

    def conv(name, inputs, outputs):
        yield name + ".weight", (inputs, outputs), "matrix"
        yield name + ".bias", (outputs,), "bias"

    def norm(name):
        yield name + ".weight", (width,), "gain"
        yield name + ".bias", (width,), "bias"

    yield prefix + "wte.weight", (c["vocab_size"], width), "table"
    yield prefix + "wpe.weight", (c["n_positions"], width), "table"
    for layer in range(c["n_layer"]):
        h = f"{prefix}h.{layer}"
        yield from norm(h + ".ln_1")
        if buffers:
            yield h + ".attn.bias", np.tril(np.ones((1, 1, c["n_positions"], c["n_positions"]), np.float32)), "buffer"
            yield h + ".attn.masked_bias", np.array(-1e4, np.float32), "buffer"
        yield from conv(h + ".attn.c_attn", width, 3 * width)
        yield from conv(h + ".attn.c_proj", width, width)
        yield from norm(h + ".ln_2")
        yield from conv(h + ".mlp.c_fc", width, inner)
        yield from conv(h + ".mlp.c_proj", inner, width)
    yield from norm(prefix + "ln_f")
    if head:
        yield "lm_head.weight", (c["vocab_size"], width), "matrix"


def bert_tensors(c, prefix, pooler, masked, sentences, old, ids):
    width, inner, vocabulary = c["hidden_size"], c["intermediate_size"], c["vocab_size"]

    def norm(name):
        yield name + (".gamma" if old else ".weight"), (width,), "gain"
        yield name + (".beta" if old else ".bias"), (width,), "bias"

    embeddings = prefix + "embeddings."
    if ids:
        yield embeddings + "position_ids", np.arange(c["max_position_embeddings"])[None, :], "buffer"
    yield embeddings + "word_embeddings.weight", (vocabulary, width), "table"
    yield embeddings + "position_embeddings.weight", (c["max_position_embeddings"], width), "table"
    yield embeddings + "token_type_embeddings.weight", (c["type_vocab_size"], width), "table"
    yield from norm(embeddings + "LayerNorm")
    for layer in range(c["num_hidden_layers"]):
        h = f"{prefix}encoder.layer.{layer}"
        for part in ("query", "key", "value"):
            yield from dense(f"{h}.attention.self.{part}", width, width, True)
        yield from dense(h + ".attention.output.dense", width, width, True)
        yield from norm(h + ".attention.output.LayerNorm")
        yield from dense(h + ".intermediate.dense", width, inner, True)
        yield from dense(h + ".output.dense", inner, width, True)
        yield from norm(h + ".output.LayerNorm")
    if pooler:
        yield from dense(prefix + "pooler.dense", width, width, True)
    if masked:
        yield "cls.predictions.bias", (vocabulary,), "bias"
        yield from dense("cls.predictions.transform.dense", width, width, True)
        yield from norm("cls.predictions.transform.LayerNorm")
    if sentences:
        yield from dense("cls.seq_relationship", width, 2, True)


def llama_tensors(c, qkv_bias=False, head=True):
    """Llama, Mistral, Qwen2 and Gemma 2."""
    width, inner, gemma = c["hidden_size"], c["intermediate_size"], c["model_type"] == "gemma2"
    d = c.get("head_dim") or width // c["num_attention_heads"]
    query, key = c["num_attention_heads"] * d, c["num_key_value_heads"] * d
    gain, mlp_bias = "offset" if gemma else "gain", c.get("mlp_bias", False)
    yield "model.embed_tokens.weight", (c["vocab_size"], width), "table"
    for layer in range(c["num_hidden_layers"]):
        h = f"model.layers.{layer}"
        yield h + ".input_layernorm.weight", (width,), gain
        yield from dense(h + ".mlp.down_proj", inner, width, mlp_bias)
        yield from dense(h + ".mlp.gate_proj", width, inner, mlp_bias)
        yield from dense(h + ".mlp.up_proj", width, inner, mlp_bias)
        yield h + ".post_attention_layernorm.weight", (width,), gain
        if gemma:
            yield h + ".post_feedforward_layernorm.weight", (width,), gain
            yield h + ".pre_feedforward_layernorm.weight", (width,), gain
        yield from dense(h + ".self_attn.k_proj", width, key, qkv_bias)
        yield from dense(h + ".self_attn.o_proj", query, width, c.get("attention_bias", False))
        yield from dense(h + ".self_attn.q_proj", width, query, qkv_bias)
        yield from dense(h + ".self_attn.v_proj", width, key, qkv_bias)
    yield "model.norm.weight", (width,), gain
    if head:
        yield "lm_head.weight", (c["vocab_size"], width), "matrix"


def fukami_tensors(c):
    width, inner, d = c["width"], c["feed_forward_width"], c["head_width"]

    def linear(name, inputs, outputs):
        yield name + ".weight", (inputs, outputs), "matrix"
        yield name + ".bias", (outputs,), "bias"

    def norm(name):
        yield name + ".gain", (width,), "gain"
        yield name + ".bias", (width,), "bias"

    yield "embed.weight", (c["vocabulary"], width), "table"
    for layer in range(c["depth"]):
        block = f"blocks.{layer}"
        yield from norm(block + ".ln1")
        yield from linear(block + ".attn.qkv", width, (c["heads"] + 2 * c["key_value_heads"]) * d)
        yield from linear(block + ".attn.out", c["heads"] * d, width)
        yield from norm(block + ".ln2")
        yield from linear(block + ".mlp.gate", width, inner)
        yield from linear(block + ".mlp.up", width, inner)
        yield from linear(block + ".mlp.down", inner, width)
    yield from norm("ln_final")
    yield "unembed.weight", (width, c["vocabulary"]), "matrix"


# -- configurations, with the keys that the families' real files have --------------------------------------------------


def gpt2_config(**changes):
    return {
        "activation_function": "gelu_new", "architectures": ["GPT2LMHeadModel"], "attn_pdrop": 0.1, "bos_token_id": 18,
        "embd_pdrop": 0.1, "eos_token_id": 18, "initializer_range": 0.02, "layer_norm_epsilon": 1e-05, "model_type": "gpt2",
        "n_ctx": 12, "n_embd": 16, "n_head": 4, "n_layer": 2, "n_positions": 12, "resid_pdrop": 0.1, "summary_activation": None,
        "summary_first_dropout": 0.1, "summary_proj_to_labels": True, "summary_type": "cls_index", "summary_use_proj": True,
        "task_specific_params": {"text-generation": {"do_sample": True, "max_length": 50}}, "vocab_size": 19, **changes}


def bert_config(**changes):
    return {
        "architectures": ["BertForMaskedLM"], "attention_probs_dropout_prob": 0.1, "gradient_checkpointing": False, "hidden_act": "gelu",
        "hidden_dropout_prob": 0.1, "hidden_size": 16, "initializer_range": 0.02, "intermediate_size": 24, "layer_norm_eps": 1e-12,
        "max_position_embeddings": 12, "model_type": "bert", "num_attention_heads": 4, "num_hidden_layers": 2, "pad_token_id": 0,
        "position_embedding_type": "absolute", "transformers_version": "4.6.0.dev0", "type_vocab_size": 2, "use_cache": True,
        "vocab_size": 19, **changes}


def llama_config(**changes):
    return {
        "architectures": ["LlamaForCausalLM"], "attention_bias": False, "attention_dropout": 0.0, "bos_token_id": 16,
        "eos_token_id": [17, 18], "hidden_act": "silu", "hidden_size": 16, "initializer_range": 0.02, "intermediate_size": 24,
        "max_position_embeddings": 64, "mlp_bias": False, "model_type": "llama", "num_attention_heads": 4, "num_hidden_layers": 2,
        "num_key_value_heads": 2, "pretraining_tp": 1, "rms_norm_eps": 1e-05, "rope_scaling": None, "rope_theta": 500000.0,
        "tie_word_embeddings": False, "torch_dtype": "float32", "transformers_version": "4.42.3", "use_cache": True, "vocab_size": 19,
        **changes}


def mistral_config(**changes):
    return {
        "architectures": ["MistralForCausalLM"], "attention_dropout": 0.0, "bos_token_id": 1, "eos_token_id": 2, "hidden_act": "silu",
        "hidden_size": 16, "initializer_range": 0.02, "intermediate_size": 24, "max_position_embeddings": 64, "model_type": "mistral",
        "num_attention_heads": 4, "num_hidden_layers": 2, "num_key_value_heads": 1, "rms_norm_eps": 1e-05, "rope_theta": 1000000.0,
        "sliding_window": None, "tie_word_embeddings": False, "torch_dtype": "float32", "transformers_version": "4.42.0.dev0",
        "use_cache": True, "vocab_size": 19, **changes}


def qwen2_config(**changes):
    return {
        "architectures": ["Qwen2ForCausalLM"], "attention_dropout": 0.0, "bos_token_id": 17, "eos_token_id": 18, "hidden_act": "silu",
        "hidden_size": 16, "initializer_range": 0.02, "intermediate_size": 24, "max_position_embeddings": 64, "max_window_layers": 2,
        "model_type": "qwen2", "num_attention_heads": 4, "num_hidden_layers": 2, "num_key_value_heads": 2, "rms_norm_eps": 1e-06,
        "rope_theta": 1000000.0, "sliding_window": 64, "tie_word_embeddings": False, "torch_dtype": "float32",
        "transformers_version": "4.43.1", "use_cache": True, "use_sliding_window": False, "vocab_size": 19, **changes}


def gemma2_config(**changes):
    return {
        "architectures": ["Gemma2ForCausalLM"], "attention_bias": False, "attention_dropout": 0.0, "attn_logit_softcapping": 2.0,
        "bos_token_id": 2, "cache_implementation": "hybrid", "eos_token_id": 1, "final_logit_softcapping": 3.0, "head_dim": 8,
        "hidden_act": "gelu_pytorch_tanh", "hidden_activation": "gelu_pytorch_tanh", "hidden_size": 24, "initializer_range": 0.02,
        "intermediate_size": 24, "max_position_embeddings": 64, "model_type": "gemma2", "num_attention_heads": 4, "num_hidden_layers": 2,
        "num_key_value_heads": 2, "pad_token_id": 0, "query_pre_attn_scalar": 6, "rms_norm_eps": 1e-06, "rope_theta": 10000.0,
        "sliding_window": 32, "torch_dtype": "float32", "transformers_version": "4.42.4", "use_cache": True, "vocab_size": 19, **changes}


def fukami_config(**changes):
    return {
        "model_type": "fukami", "kind": "decoder", "vocabulary": 19, "length": 12, "depth": 2, "width": 16, "heads": 2,
        "key_value_heads": 1, "head_width": 12, "feed_forward_width": 24, "residual": "pre", "norm": "layer", "activation": "geglu",
        "positions": "rotary", "rotary_base": 10000, "rotary_width": 8, "bias": True, "tied": False, "epsilon": 0.01, **changes}


LLAMA3 = {"factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 160, "rope_type": "llama3"}


def cases():
    """By family and name: the configuration, the tensors, and what is fed beside ids. The first of each family has every gradient in full."""

    def gpt2(prefix="", head=False, buffers=False, **changes):
        c = gpt2_config(**changes)
        return c, gpt2_tensors(c, prefix, head, buffers), {}

    def bert(prefix="bert.", pooler=False, masked=True, sentences=False, old=False, ids=False, mask=None, types=True, **changes):
        c = bert_config(**changes)
        return c, bert_tensors(c, prefix, pooler, masked, sentences, old, ids), dict(mask=mask, types=types)

    def llama(**changes):
        c = llama_config(**changes)
        return c, llama_tensors(c, c["attention_bias"], not c["tie_word_embeddings"]), {}

    def mistral(**changes):
        c = mistral_config(**changes)
        return c, llama_tensors(c), {}

    def qwen2(**changes):
        c = qwen2_config(**changes)
        return c, llama_tensors(c, True, not c["tie_word_embeddings"]), {}

    def gemma2(**changes):
        c = gemma2_config(**changes)
        return c, llama_tensors(c, c["attention_bias"], False), {}

    def fukami(**changes):
        c = fukami_config(**changes)
        return c, fukami_tensors(c), {}

    return {
        "gpt2": {
            "tied": gpt2(buffers=True),
            "free-head": gpt2(prefix="transformer.", head=True, tie_word_embeddings=False, n_inner=24),
            "gelu": gpt2(prefix="transformer.", n_inner=20, activation_function="gelu", layer_norm_epsilon=0.01),
        },
        "bert": {
            "masked": bert(mask="11111111 11111000"),
            "pretraining-old-names": bert(pooler=True, sentences=True, old=True, ids=True, architectures=["BertForPreTraining"],
                                          mask="11111100 11111111"),
            "bare": bert(prefix="", pooler=True, masked=False, architectures=["BertModel"], mask="11111111 11100000"),
            "one-type-gelu-new": bert(types=False, hidden_act="gelu_new", intermediate_size=20, layer_norm_eps=0.01),
        },
        "llama": {
            "grouped": llama(),
            "tied": llama(tie_word_embeddings=True, rope_theta=10000.0, rms_norm_eps=0.01),
            "attention-bias": llama(attention_bias=True),
            "mlp-bias": llama(mlp_bias=True),
            "head-dim": llama(hidden_size=24, head_dim=8, num_attention_heads=2, num_key_value_heads=1),
            "rope-linear": llama(rope_scaling={"type": "linear", "factor": 2.5}, rope_theta=10000.0),
            "rope-llama3": llama(rope_scaling=LLAMA3, rope_theta=10000.0, hidden_size=16, head_dim=8, num_attention_heads=2,
                                 num_key_value_heads=1, max_position_embeddings=512),
        },
        "mistral": {"grouped": mistral(), "head-dim": mistral(head_dim=6, num_key_value_heads=4, rms_norm_eps=0.01)},
        "qwen2": {"grouped": qwen2(), "tied": qwen2(tie_word_embeddings=True, rms_norm_eps=0.01)},
        "gemma2": {"caps": gemma2(), "without-caps": gemma2(attn_logit_softcapping=None, final_logit_softcapping=None, query_pre_attn_scalar=8, rms_norm_eps=0.01)},
        "fukami": {"partial-rotary": fukami()},
    }


# -- what is fed, and what comes out -----------------------------------------------------------------------------------


def batch_of(case, vocabulary, mask=None, types=False):
    count = BATCH * TOKENS
    batch = {"batch": BATCH, "length": TOKENS, "ids": formula.ids(f"{SEED}:{case}:ids", count, vocabulary).tolist()}
    if types:
        batch["token_types"] = formula.ids(f"{SEED}:{case}:types", count, 2).tolist()
    if mask:
        batch["mask"] = [int(letter) for letter in mask.replace(" ", "")]
    targets = formula.ids(f"{SEED}:{case}:targets", count, vocabulary)
    targets[formula.ids(f"{SEED}:{case}:uncounted", count, 4) == 0] = -1
    batch["targets"] = [int(t) if not mask or batch["mask"][i] else -1 for i, t in enumerate(targets)]
    return batch


def tensor(batch, name, dtype):
    return torch.tensor(batch[name], dtype=dtype).reshape(BATCH, TOKENS) if name in batch else None


def nine(name, gradient):
    """The norm, and the products with the eight vectors of signs that the name gives."""
    g = gradient.numpy().reshape(-1)
    return np.concatenate([[np.linalg.norm(g)], formula.signs(name, g.size) @ g])


def reference(family, config, weights, batch, full):
    """Arrays by key: point|NAME; with a head loss, gradients and point_gradients (rows of nine in the order of the names), else output."""
    p = families.Pass(config, weights)
    output = families.FORWARD[family](p, tensor(batch, "ids", torch.long), tensor(batch, "token_types", torch.long), tensor(batch, "mask", torch.bool))
    arrays = {"point|" + name: x.detach().numpy() for name, x in p.points.items()}
    names = {"parameters": sorted(name for name, _ in families.OURS[family](config, p.weights))}
    if "logits" in p.points:
        targets = torch.tensor(batch["targets"])
        counted = targets >= 0
        y = output.reshape(targets.shape[0], -1)[counted]
        loss = (torch.logsumexp(y, -1) - y[torch.arange(y.shape[0]), targets[counted]]).mean()
        loss.backward()
        arrays["loss"] = loss.detach().reshape(1).numpy()
        gradients = {name: torch.zeros_like(w) if w.grad is None else w.grad for name, w in p.weights.items() if w.dtype == families.DTYPE}
        ours = dict(families.OURS[family](config, gradients))
        arrays["gradients"] = np.stack([nine(name, ours[name]) for name in names["parameters"]])
        reached = {name: x.grad for name, x in p.points.items() if x.grad is not None}
        names["point_gradients"] = sorted(reached)
        arrays["point_gradients"] = np.stack([nine(name, reached[name]) for name in names["point_gradients"]])
        if full:
            arrays.update({"gradient|" + name: g.numpy() for name, g in ours.items()})
    else:
        arrays["output"] = output.detach().numpy()
    return arrays, {name: " ".join(listed) for name, listed in names.items()}


def write(directory, family, of_family):
    path = os.path.join(directory, family + ".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:

        def add(name, content):
            entry = zipfile.ZipInfo(name)  # dated 1980: the same bytes for the same content
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, content)

        for index, (case, (config, tensors, fed)) in enumerate(of_family.items()):
            label = f"{family}/{case}"
            weights = {name: shape if kind == "buffer" else drawn(label, name, shape, kind) for name, shape, kind in tensors}
            batch = batch_of(label, config["vocabulary"] if family == "fukami" else config["vocab_size"], **fed)
            arrays, names = reference(family, config, weights, batch, full=index == 0)
            assert all(np.isfinite(array).all() for key, array in arrays.items() if not key.endswith("attn_scores"))
            add(f"{case}/config.json", json.dumps(config, indent=2) + "\n")
            add(f"{case}/model.safetensors", safetensors.encode(weights, {"format": "pt"}))
            add(f"{case}/batch.json", json.dumps(batch) + "\n")
            add(f"{case}/reference.safetensors", safetensors.encode(arrays, names))
    print(path, os.path.getsize(path))


def main():
    torch.set_num_threads(1)
    here = os.path.dirname(os.path.abspath(__file__))
    directory = sys.argv[1] if len(sys.argv) > 1 else os.path.join(here, "..", "Fukami.Transformers.Tests", "Parity", "Fixtures", "Families")
    os.makedirs(directory, exist_ok=True)
    for family, of_family in cases().items():
        write(directory, family, of_family)


if __name__ == "__main__":
    main()
