"""Checkpoints of other families in plain PyTorch, float64: each forward pass reads the weights under the family's own names, in the
family's own layouts, and its own config.json. Written from the papers and the formats' facts; it knows nothing of the C# readers.

A pass records the named points. `ours` says which of our parameters holds which of the family's tensors, for comparing gradients.
"""

import math

import torch

DTYPE = torch.float64


class Pass:
    """One pass over a folder: its weights by name, and the points that it met."""

    def __init__(self, config, weights):
        self.config, self.points = config, {}
        self.weights = {name: torch.tensor(array, dtype=DTYPE, requires_grad=True) if array.dtype.kind == "f" else torch.tensor(array)
                        for name, array in weights.items()}

    def __getitem__(self, name):
        return self.weights[name]

    def __contains__(self, name):
        return name in self.weights

    def at(self, name, x):
        if x.requires_grad:
            x.retain_grad()
        self.points[name] = x
        return x


# -- parts that several families have ----------------------------------------------------------------------------------


def activation(name, x):
    if name in ("gelu_new", "gelu_pytorch_tanh"):
        return 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x ** 3)))
    if name == "gelu":
        return 0.5 * x * (1 + torch.erf(x / math.sqrt(2)))
    if name == "relu":
        return torch.where(x > 0, x, torch.zeros_like(x))
    if name == "silu":
        return x / (1 + torch.exp(-x))
    raise ValueError(name)


def layer_norm(p, point, x, gain, bias, epsilon):
    """(x - mean) / sqrt(biased variance + epsilon) * gain + bias. (Ba et al. 2016)"""
    centred = x - x.mean(-1, keepdim=True)
    scale = p.at(point + ".scale", torch.sqrt((centred ** 2).mean(-1, keepdim=True) + epsilon))
    return p.at(point + ".normalized", centred / scale * gain + bias)


def rms_norm(p, point, x, gain, epsilon):
    """x / sqrt(mean x^2 + epsilon) * gain. (Zhang and Sennrich 2019)"""
    scale = p.at(point + ".scale", torch.sqrt((x ** 2).mean(-1, keepdim=True) + epsilon))
    return p.at(point + ".normalized", x / scale * gain)


def frequencies(width, base, scaling):
    """Angles of a step, (width / 2): base^(-2i/width) (Su et al. 2021), stretched as Llama's configurations say."""
    plain = base ** (-2 * torch.arange(width // 2, dtype=DTYPE) / width)
    kind = (scaling or {}).get("rope_type", (scaling or {}).get("type"))
    if kind in (None, "default"):
        return plain
    factor = scaling["factor"]
    if kind == "linear":
        return plain / factor
    assert kind == "llama3"
    low, high, original = scaling["low_freq_factor"], scaling["high_freq_factor"], scaling["original_max_position_embeddings"]
    # turns within the original context: many are kept, few are stretched by the factor, between them the frequency is blended
    turns = original * plain / (2 * math.pi)
    kept = ((turns - low) / (high - low)).clamp(0, 1)
    return kept * plain + (1 - kept) * plain / factor


def rotate(x, frequency):
    """(batch, length, heads, d): the first 2n features of a head turn as pairs (i, i + n) by position * frequency i, the rest stay."""
    n = frequency.shape[0]
    angle = torch.arange(x.shape[1], dtype=DTYPE)[:, None] * frequency
    cos, sin = torch.cos(angle)[None, :, None, :], torch.sin(angle)[None, :, None, :]
    a, b = x[..., :n], x[..., n:2 * n]
    return torch.cat([a * cos - b * sin, b * cos + a * sin, x[..., 2 * n:]], -1)


def attend(p, block, q, k, v, heads, key_heads, causal, mask=None, frequency=None, score_width=None, cap=None):
    """q (batch, length, heads * d), k and v (batch, length, key_heads * d) to z (batch, length, heads * d)."""
    name = block + ".attn"
    batch, length, d = q.shape[0], q.shape[1], q.shape[2] // heads
    q, k, v = p.at(name + ".q", q), p.at(name + ".k", k), p.at(name + ".v", v)
    if frequency is not None:
        q = p.at(name + ".rot_q", rotate(q.reshape(batch, length, heads, d), frequency).reshape(q.shape))
        k = p.at(name + ".rot_k", rotate(k.reshape(batch, length, key_heads, d), frequency).reshape(k.shape))
    group = heads // key_heads
    q = q.reshape(batch, length, heads, d)
    k = k.reshape(batch, length, key_heads, d).repeat_interleave(group, 2)
    v = v.reshape(batch, length, key_heads, d).repeat_interleave(group, 2)
    scores = torch.einsum("bqhd,bkhd->bhqk", q, k) / math.sqrt(score_width or d)
    if cap:
        scores = cap * torch.tanh(scores / cap)
    hidden = torch.zeros(batch, 1, length, length, dtype=torch.bool)
    if causal:
        hidden = hidden | torch.ones(length, length, dtype=torch.bool).triu(1)
    if mask is not None:
        hidden = hidden | ~mask[:, None, None, :]
    scores = p.at(name + ".attn_scores", scores.masked_fill(hidden, -math.inf))
    pattern = p.at(name + ".pattern", torch.softmax(scores, -1))
    return p.at(name + ".z", torch.einsum("bhqk,bkhd->bqhd", pattern, v).reshape(batch, length, heads * d))


def linear(p, name, x):
    """A dense layer whose weight is (out, in), with a bias if the folder has one."""
    y = x @ p[name + ".weight"].T
    return y + p[name + ".bias"] if name + ".bias" in p else y


# -- GPT-2 (Radford et al. 2019): pre-norm decoder, weights of dense layers are (in, out) -------------------------------


def gpt2(p, ids, types=None, mask=None):
    c, length = p.config, ids.shape[1]
    prefix = "transformer." if "transformer.wte.weight" in p else ""
    heads, epsilon = c["n_head"], c["layer_norm_epsilon"]

    def conv(name, x):
        return x @ p[name + ".weight"] + p[name + ".bias"]

    def norm(point, name, x):
        return layer_norm(p, point, x, p[name + ".weight"], p[name + ".bias"], epsilon)

    x = p.at("embed", p[prefix + "wte.weight"][ids])
    x = x + p.at("pos_embed", p[prefix + "wpe.weight"][:length].expand(x.shape))
    for layer in range(c["n_layer"]):
        block, h = f"blocks.{layer}", f"{prefix}h.{layer}"
        x = p.at(block + ".resid_pre", x)
        q, k, v = conv(h + ".attn.c_attn", norm(block + ".ln1", h + ".ln_1", x)).split(c["n_embd"], -1)
        z = attend(p, block, q, k, v, heads, heads, True, mask)
        x = p.at(block + ".resid_mid", x + p.at(block + ".attn_out", conv(h + ".attn.c_proj", z)))
        pre = p.at(block + ".mlp.pre", conv(h + ".mlp.c_fc", norm(block + ".ln2", h + ".ln_2", x)))
        post = p.at(block + ".mlp.post", activation(c["activation_function"], pre))
        x = p.at(block + ".resid_post", x + p.at(block + ".mlp_out", conv(h + ".mlp.c_proj", post)))
    x = norm("ln_final", prefix + "ln_f", x)
    head = p["lm_head.weight"] if "lm_head.weight" in p else p[prefix + "wte.weight"]
    return p.at("logits", x @ head.T)


def gpt2_ours(config, w):
    prefix = "transformer." if "transformer.wte.weight" in w else ""
    yield "embed.weight", w[prefix + "wte.weight"]
    yield "pos_embed.weight", w[prefix + "wpe.weight"]
    for layer in range(config["n_layer"]):
        block, h = f"blocks.{layer}", f"{prefix}h.{layer}"
        for ours, theirs in (("ln1", "ln_1"), ("ln2", "ln_2")):
            yield f"{block}.{ours}.gain", w[f"{h}.{theirs}.weight"]
            yield f"{block}.{ours}.bias", w[f"{h}.{theirs}.bias"]
        for ours, theirs in (("attn.qkv", "attn.c_attn"), ("attn.out", "attn.c_proj"), ("mlp.up", "mlp.c_fc"), ("mlp.down", "mlp.c_proj")):
            yield f"{block}.{ours}.weight", w[f"{h}.{theirs}.weight"]
            yield f"{block}.{ours}.bias", w[f"{h}.{theirs}.bias"]
    yield "ln_final.gain", w[prefix + "ln_f.weight"]
    yield "ln_final.bias", w[prefix + "ln_f.bias"]
    if "lm_head.weight" in w:
        yield "unembed.weight", w["lm_head.weight"].T


# -- BERT (Devlin et al. 2019): post-norm encoder ----------------------------------------------------------------------


def bert_prefix(w):
    return "bert." if "bert.embeddings.word_embeddings.weight" in w else ""


def bert_norm(w, name):
    """Gain and bias: the oldest folders call them gamma and beta."""
    return (w[name + ".gamma"], w[name + ".beta"]) if name + ".gamma" in w else (w[name + ".weight"], w[name + ".bias"])


def bert(p, ids, types=None, mask=None):
    c, length, prefix = p.config, ids.shape[1], bert_prefix(p)
    heads, epsilon = c["num_attention_heads"], c["layer_norm_eps"]

    def norm(point, name, x):
        return layer_norm(p, point, x, *bert_norm(p, name), epsilon)

    embeddings = prefix + "embeddings."
    x = p.at("embed", p[embeddings + "word_embeddings.weight"][ids])
    positions = p.at("pos_embed", p[embeddings + "position_embeddings.weight"][:length].expand(x.shape))
    segments = p.at("token_type_embed", p[embeddings + "token_type_embeddings.weight"][torch.zeros_like(ids) if types is None else types])
    x = norm("ln_embed", embeddings + "LayerNorm", p.at("embed_sum", x + positions + segments))
    for layer in range(c["num_hidden_layers"]):
        block, h = f"blocks.{layer}", f"{prefix}encoder.layer.{layer}"
        x = p.at(block + ".resid_pre", x)
        q, k, v = (linear(p, f"{h}.attention.self.{part}", x) for part in ("query", "key", "value"))
        z = attend(p, block, q, k, v, heads, heads, False, mask)
        sum = p.at(block + ".resid_mid_sum", x + p.at(block + ".attn_out", linear(p, h + ".attention.output.dense", z)))
        x = p.at(block + ".resid_mid", norm(block + ".ln1", h + ".attention.output.LayerNorm", sum))
        pre = p.at(block + ".mlp.pre", linear(p, h + ".intermediate.dense", x))
        post = p.at(block + ".mlp.post", activation(c["hidden_act"], pre))
        sum = p.at(block + ".resid_post_sum", x + p.at(block + ".mlp_out", linear(p, h + ".output.dense", post)))
        x = p.at(block + ".resid_post", norm(block + ".ln2", h + ".output.LayerNorm", sum))
    if prefix + "pooler.dense.weight" in p:
        p.at("pooler_out", torch.tanh(linear(p, prefix + "pooler.dense", x[:, :1])))
    if "cls.predictions.bias" not in p:
        return x
    pre = p.at("head.pre", linear(p, "cls.predictions.transform.dense", x))
    post = p.at("head.post", activation(c["hidden_act"], pre))
    x = norm("head.ln", "cls.predictions.transform.LayerNorm", post)
    return p.at("logits", x @ p[embeddings + "word_embeddings.weight"].T + p["cls.predictions.bias"])


def bert_ours(config, w):
    prefix = bert_prefix(w)

    def dense(ours, *theirs):
        yield ours + ".weight", torch.cat([w[name + ".weight"].T for name in theirs], 1)
        yield ours + ".bias", torch.cat([w[name + ".bias"] for name in theirs])

    def norm(ours, theirs):
        yield from zip((ours + ".gain", ours + ".bias"), bert_norm(w, theirs))

    for ours, theirs in (("embed", "word"), ("pos_embed", "position"), ("token_type_embed", "token_type")):
        yield ours + ".weight", w[f"{prefix}embeddings.{theirs}_embeddings.weight"]
    yield from norm("ln_embed", prefix + "embeddings.LayerNorm")
    for layer in range(config["num_hidden_layers"]):
        block, h = f"blocks.{layer}", f"{prefix}encoder.layer.{layer}"
        yield from dense(block + ".attn.qkv", *(f"{h}.attention.self.{part}" for part in ("query", "key", "value")))
        yield from dense(block + ".attn.out", h + ".attention.output.dense")
        yield from norm(block + ".ln1", h + ".attention.output.LayerNorm")
        yield from dense(block + ".mlp.up", h + ".intermediate.dense")
        yield from dense(block + ".mlp.down", h + ".output.dense")
        yield from norm(block + ".ln2", h + ".output.LayerNorm")
    if prefix + "pooler.dense.weight" in w:
        yield from dense("pooler", prefix + "pooler.dense")
    if "cls.predictions.bias" in w:
        yield from dense("head.dense", "cls.predictions.transform.dense")
        yield from norm("head.ln", "cls.predictions.transform.LayerNorm")
        yield "unembed.bias", w["cls.predictions.bias"]


# -- Llama (Touvron et al. 2023), Mistral (Jiang et al. 2023), Qwen2 (Yang et al. 2024): pre-norm decoder --------------
# -- Gemma 2 (Gemma Team 2024): the same parts between two norms, with soft caps ---------------------------------------


def llama(p, ids, types=None, mask=None):
    c = p.config
    gemma = c["model_type"] == "gemma2"
    heads, key_heads, epsilon = c["num_attention_heads"], c["num_key_value_heads"], c["rms_norm_eps"]
    d = c.get("head_dim") or c["hidden_size"] // heads
    frequency = frequencies(d, c["rope_theta"], c.get("rope_scaling"))
    acted = c["hidden_activation"] if gemma else c["hidden_act"]

    def norm(point, name, x):
        gain = p[name + ".weight"]
        return rms_norm(p, point, x, 1 + gain if gemma else gain, epsilon)

    x = p["model.embed_tokens.weight"][ids]
    x = p.at("embed", x * math.sqrt(c["hidden_size"]) if gemma else x)
    for layer in range(c["num_hidden_layers"]):
        block, h = f"blocks.{layer}", f"model.layers.{layer}"
        x = p.at(block + ".resid_pre", x)
        normed = norm(block + ".ln1", h + ".input_layernorm", x)
        q, k, v = (linear(p, f"{h}.self_attn.{part}_proj", normed) for part in "qkv")
        z = attend(p, block, q, k, v, heads, key_heads, True, mask, frequency,
                   c.get("query_pre_attn_scalar"), c.get("attn_logit_softcapping"))
        y = linear(p, h + ".self_attn.o_proj", z)
        if gemma:
            y = norm(block + ".ln1_post", h + ".post_attention_layernorm", y)
        x = p.at(block + ".resid_mid", x + p.at(block + ".attn_out", y))
        normed = norm(block + ".ln2", h + (".pre_feedforward_layernorm" if gemma else ".post_attention_layernorm"), x)
        gate = p.at(block + ".mlp.pre", linear(p, h + ".mlp.gate_proj", normed))
        up = p.at(block + ".mlp.pre_linear", linear(p, h + ".mlp.up_proj", normed))
        y = linear(p, h + ".mlp.down_proj", p.at(block + ".mlp.post", activation(acted, gate) * up))
        if gemma:
            y = norm(block + ".ln2_post", h + ".post_feedforward_layernorm", y)
        x = p.at(block + ".resid_post", x + p.at(block + ".mlp_out", y))
    x = norm("ln_final", "model.norm", x)
    logits = x @ p["lm_head.weight" if "lm_head.weight" in p else "model.embed_tokens.weight"].T
    cap = c.get("final_logit_softcapping")
    return p.at("logits", cap * torch.tanh(logits / cap) if cap else logits)


def llama_ours(config, w):
    gemma = config["model_type"] == "gemma2"

    def dense(ours, *theirs):
        yield ours + ".weight", torch.cat([w[name + ".weight"].T for name in theirs], 1)
        if theirs[0] + ".bias" in w:
            yield ours + ".bias", torch.cat([w[name + ".bias"] for name in theirs])

    yield "embed.weight", w["model.embed_tokens.weight"]
    for layer in range(config["num_hidden_layers"]):
        block, h = f"blocks.{layer}", f"model.layers.{layer}"
        norms = {"ln1": "input_layernorm", "ln2": "post_attention_layernorm"}
        if gemma:
            norms = {"ln1": "input_layernorm", "ln1_post": "post_attention_layernorm",
                     "ln2": "pre_feedforward_layernorm", "ln2_post": "post_feedforward_layernorm"}
        for ours, theirs in norms.items():
            yield f"{block}.{ours}.gain", w[f"{h}.{theirs}.weight"]
        yield from dense(block + ".attn.qkv", *(f"{h}.self_attn.{part}_proj" for part in "qkv"))
        yield from dense(block + ".attn.out", h + ".self_attn.o_proj")
        for part in ("gate", "up", "down"):
            yield from dense(f"{block}.mlp.{part}", f"{h}.mlp.{part}_proj")
    yield "ln_final.gain", w["model.norm.weight"]
    if "lm_head.weight" in w:
        yield "unembed.weight", w["lm_head.weight"].T


# -- our own folders: the parts that no family above has ---------------------------------------------------------------


def fukami(p, ids, types=None, mask=None):
    """A pre-norm decoder with layer norms, rotary positions that turn a part of each head, and a gated feed-forward with GELU."""
    c = p.config
    heads, key_heads, d = c["heads"], c["key_value_heads"], c["head_width"]
    frequency = frequencies(c["rotary_width"], c["rotary_base"], None)

    def dense(name, x):
        return x @ p[name + ".weight"] + p[name + ".bias"]

    def norm(name, x):
        return layer_norm(p, name, x, p[name + ".gain"], p[name + ".bias"], c["epsilon"])

    assert (c["residual"], c["norm"], c["positions"], c["activation"], c["bias"]) == ("pre", "layer", "rotary", "geglu", True)
    x = p.at("embed", p["embed.weight"][ids])
    for layer in range(c["depth"]):
        block = f"blocks.{layer}"
        x = p.at(block + ".resid_pre", x)
        parts = [heads * d, key_heads * d, key_heads * d]
        q, k, v = dense(block + ".attn.qkv", norm(block + ".ln1", x)).split(parts, -1)
        z = attend(p, block, q, k, v, heads, key_heads, True, mask, frequency)
        x = p.at(block + ".resid_mid", x + p.at(block + ".attn_out", dense(block + ".attn.out", z)))
        normed = norm(block + ".ln2", x)
        gate, up = p.at(block + ".mlp.pre", dense(block + ".mlp.gate", normed)), p.at(block + ".mlp.pre_linear", dense(block + ".mlp.up", normed))
        post = p.at(block + ".mlp.post", activation("gelu", gate) * up)
        x = p.at(block + ".resid_post", x + p.at(block + ".mlp_out", dense(block + ".mlp.down", post)))
    return p.at("logits", norm("ln_final", x) @ p["unembed.weight"])


def fukami_ours(config, w):
    yield from w.items()


FORWARD = {"gpt2": gpt2, "bert": bert, "llama": llama, "mistral": llama, "qwen2": llama, "gemma2": llama, "fukami": fukami}
OURS = {"gpt2": gpt2_ours, "bert": bert_ours, "llama": llama_ours, "mistral": llama_ours, "qwen2": llama_ours, "gemma2": llama_ours,
        "fukami": fukami_ours}
