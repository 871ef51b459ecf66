#!/usr/bin/python3
"""Writes folders of the family fixtures as GGUF files for llama.cpp, and beside each what the float64 reference gives: see run.mjs.

    /usr/bin/python3 tests/parity/llama_cpp/write.py DIRECTORY [half-gelu]

half-gelu: the reference rounds what goes into the tanh form of GELU and what comes out of it to float16, as llama.cpp's table does.

GGUF: magic, version, counts; keys with typed values; names, shapes (innermost first), types and offsets; the tensors, each at a multiple
of 32 bytes.
"""

import json
import os
import struct
import sys

import numpy as np
import torch

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
import families
import family_fixtures

UINT32, INT32, FLOAT32, STRING, ARRAY = 4, 5, 6, 8, 9


def string(text):
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def value(x):
    if isinstance(x, str):
        return STRING, string(x)
    if isinstance(x, int):
        return UINT32, struct.pack("<I", x)
    if isinstance(x, float):
        return FLOAT32, struct.pack("<f", x)
    kind = STRING if isinstance(x[0], str) else FLOAT32 if isinstance(x[0], float) else INT32
    items = [string(item) if kind == STRING else struct.pack("<f" if kind == FLOAT32 else "<i", item) for item in x]
    return ARRAY, struct.pack("<IQ", kind, len(x)) + b"".join(items)


def write_gguf(path, keys, tensors):
    head = [b"GGUF", struct.pack("<IQQ", 3, len(tensors), len(keys))]
    for key, x in keys.items():
        kind, data = value(x)
        head.append(string(key) + struct.pack("<I", kind) + data)
    body, offset = [], 0
    for name, array in tensors.items():
        data = np.ascontiguousarray(array, dtype="<f4").tobytes()
        head.append(string(name) + struct.pack("<I", array.ndim) + b"".join(struct.pack("<Q", n) for n in reversed(array.shape)))
        head.append(struct.pack("<IQ", 0, offset))
        body.append(data + b"\0" * (-len(data) % 32))
        offset += len(body[-1])
    header = b"".join(head)
    with open(path, "wb") as file:
        file.write(header + b"\0" * (-len(header) % 32) + b"".join(body))


def vocabulary(size):
    """llama.cpp wants a tokenizer, with a token for each byte: they come behind the model's own, with rows of zeros. Nothing is tokenized."""
    tokens = [f"t{i}" for i in range(size)] + ["<unk>", "<s>", "</s>"] + [f"<0x{byte:02X}>" for byte in range(256)]
    return {"tokenizer.ggml.model": "llama", "tokenizer.ggml.tokens": tokens, "tokenizer.ggml.scores": [-float(i) for i in range(len(tokens))],
            "tokenizer.ggml.token_type": [1] * size + [2, 3, 3] + [6] * 256, "tokenizer.ggml.unknown_token_id": size,
            "tokenizer.ggml.bos_token_id": size + 1, "tokenizer.ggml.eos_token_id": size + 2}


def padded(tensors):
    more = {name: np.pad(tensors[name], ((0, 259), (0, 0))) for name in ("token_embd.weight", "output.weight") if name in tensors}
    return {**tensors, **more}


def gpt2(c, w):
    prefix = "transformer." if "transformer.wte.weight" in w else ""
    keys = {"context_length": c["n_positions"], "embedding_length": c["n_embd"], "block_count": c["n_layer"],
            "feed_forward_length": c.get("n_inner") or 4 * c["n_embd"], "attention.head_count": c["n_head"],
            "attention.layer_norm_epsilon": c["layer_norm_epsilon"]}
    tensors = {"token_embd.weight": w[prefix + "wte.weight"], "position_embd.weight": w[prefix + "wpe.weight"],
               "output_norm.weight": w[prefix + "ln_f.weight"], "output_norm.bias": w[prefix + "ln_f.bias"],
               "output.weight": w.get("lm_head.weight", w[prefix + "wte.weight"])}
    for layer in range(c["n_layer"]):
        for theirs, ours in (("attn_norm", "ln_1"), ("attn_qkv", "attn.c_attn"), ("attn_output", "attn.c_proj"), ("ffn_norm", "ln_2"),
                             ("ffn_up", "mlp.c_fc"), ("ffn_down", "mlp.c_proj")):
            tensors[f"blk.{layer}.{theirs}.weight"] = w[f"{prefix}h.{layer}.{ours}.weight"].T
            tensors[f"blk.{layer}.{theirs}.bias"] = w[f"{prefix}h.{layer}.{ours}.bias"]
    return "gpt2", keys, tensors


def interleaved(rows, heads):
    """llama.cpp's `llama` turns pairs (2i, 2i + 1): the rows of each head in that order."""
    shape = rows.shape
    return np.swapaxes(rows.reshape(heads, 2, shape[0] // heads // 2, -1), 1, 2).reshape(shape)


def llama(c, w):
    family = c["model_type"]
    name = "llama" if family == "mistral" else family
    heads, key_heads = c["num_attention_heads"], c["num_key_value_heads"]
    d = c.get("head_dim") or c["hidden_size"] // heads
    keys = {"context_length": c["max_position_embeddings"], "embedding_length": c["hidden_size"], "block_count": c["num_hidden_layers"],
            "feed_forward_length": c["intermediate_size"], "attention.head_count": heads, "attention.head_count_kv": key_heads,
            "attention.key_length": d, "attention.value_length": d, "attention.layer_norm_rms_epsilon": c["rms_norm_eps"],
            "rope.freq_base": float(c["rope_theta"]), "rope.dimension_count": d}
    scaling = c.get("rope_scaling") or {}
    if scaling.get("type") == "linear":
        keys.update({"rope.scaling.type": "linear", "rope.scaling.factor": scaling["factor"]})
    if family == "gemma2":
        keys.update({"attn_logit_softcapping": c["attn_logit_softcapping"], "final_logit_softcapping": c["final_logit_softcapping"],
                     "attention.sliding_window": c["sliding_window"]})
    tensors = {"token_embd.weight": w["model.embed_tokens.weight"], "output_norm.weight": w["model.norm.weight"]}
    if "lm_head.weight" in w:
        tensors["output.weight"] = w["lm_head.weight"]
    if scaling.get("rope_type") == "llama3":
        plain = families.frequencies(d, c["rope_theta"], None)
        tensors["rope_freqs.weight"] = (plain / families.frequencies(d, c["rope_theta"], scaling)).numpy()
    names = {"attn_norm": "input_layernorm", "ffn_norm": "post_attention_layernorm"}
    if family == "gemma2":
        names = {"attn_norm": "input_layernorm", "post_attention_norm": "post_attention_layernorm",
                 "ffn_norm": "pre_feedforward_layernorm", "post_ffw_norm": "post_feedforward_layernorm"}
    names.update({"attn_q": "self_attn.q_proj", "attn_k": "self_attn.k_proj", "attn_v": "self_attn.v_proj", "attn_output": "self_attn.o_proj",
                  "ffn_gate": "mlp.gate_proj", "ffn_up": "mlp.up_proj", "ffn_down": "mlp.down_proj"})
    for layer in range(c["num_hidden_layers"]):
        for theirs, ours in names.items():
            for part in ("weight", "bias"):
                array = w.get(f"model.layers.{layer}.{ours}.{part}")
                if array is not None:
                    if name == "llama" and theirs in ("attn_q", "attn_k"):
                        array = interleaved(array, heads if theirs == "attn_q" else key_heads)
                    tensors[f"blk.{layer}.{theirs}.{part}"] = array
    if family == "gemma2":
        tensors = {key: 1 + array if key.endswith("norm.weight") else array for key, array in tensors.items()}
    return name, keys, tensors


def half_gelu(activation):
    def rounded(name, x):
        return activation(name, x.detach().half().double()).half().double() if name in ("gelu_new", "gelu_pytorch_tanh") else activation(name, x)
    return rounded


def main(directory, *options):
    if "half-gelu" in options:
        families.activation = half_gelu(families.activation)
    os.makedirs(directory, exist_ok=True)
    cases = family_fixtures.cases()
    # llama.cpp has no score width of its own for small Gemmas: the head's width
    config = family_fixtures.gemma2_config(query_pre_attn_scalar=8)
    cases["gemma2"] = {"caps, score width as the head's": (config, family_fixtures.llama_tensors(config, False, False), {})}
    for family, convert in (("gpt2", gpt2), ("llama", llama), ("mistral", llama), ("qwen2", llama), ("gemma2", llama)):
        for case, (config, tensors, fed) in cases[family].items():
            if config.get("activation_function") == "gelu":
                continue  # llama.cpp's GPT-2 knows the tanh form alone
            label = f"{family}/{case}"
            weights = {name: family_fixtures.drawn(label, name, shape, kind) for name, shape, kind in tensors if kind != "buffer"}
            batch = family_fixtures.batch_of(label, config["vocab_size"], **fed)
            logits = families.FORWARD[family](families.Pass(config, weights), family_fixtures.tensor(batch, "ids", torch.long))
            name, keys, converted = convert(config, weights)
            keys = {f"{name}.{key}": x for key, x in keys.items()}
            path = os.path.join(directory, label.replace("/", " "))
            write_gguf(path + ".gguf", {"general.architecture": name, **keys, **vocabulary(config["vocab_size"])}, padded(converted))
            with open(path + ".json", "w") as file:
                json.dump({"ids": batch["ids"], "length": batch["length"], "logits": logits.detach().reshape(-1).tolist()}, file)


if __name__ == "__main__":
    main(*sys.argv[1:])
