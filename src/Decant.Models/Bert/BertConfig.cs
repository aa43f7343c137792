using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Decant.Models.Bert;

/// <summary>The sizes of a BERT: the fields of a Hugging Face <c>config.json</c> that the model needs. Defaults are BERT-base, uncased.</summary>
public sealed partial record BertConfig
{
    private static readonly JsonSerializerOptions strict = new() { AllowDuplicateProperties = false };

    /// <summary>Entries of the vocabulary. Default 30522.</summary>
    [JsonPropertyName("vocab_size")]
    public int VocabSize { get; init; } = 30522;

    /// <summary>Width of the hidden states; a multiple of the heads. Default 768.</summary>
    [JsonPropertyName("hidden_size")]
    public int HiddenSize { get; init; } = 768;

    /// <summary>Transformer layers. Default 12.</summary>
    [JsonPropertyName("num_hidden_layers")]
    public int Layers { get; init; } = 12;

    /// <summary>Attention heads; those that <see cref="PrunedHeads"/> names are counted too. Default 12.</summary>
    [JsonPropertyName("num_attention_heads")]
    public int Heads { get; init; } = 12;

    /// <summary>Width of the feed-forward layer; that of the widest where layers differ (<see cref="LayerIntermediateSizes"/>). Default 3072.</summary>
    [JsonPropertyName("intermediate_size")]
    public int IntermediateSize { get; init; } = 3072;

    /// <summary>Activation of the feed-forward layer: <c>gelu</c> (exact, with erf) or <c>relu</c>. Default gelu.</summary>
    [JsonPropertyName("hidden_act")]
    public string HiddenActivation { get; init; } = "gelu";

    /// <summary>Dropout of embeddings and layer outputs, in [0, 1). Default 0.1.</summary>
    [JsonPropertyName("hidden_dropout_prob")]
    public double HiddenDropout { get; init; } = 0.1;

    /// <summary>Dropout of attention probabilities, in [0, 1). Default 0.1.</summary>
    [JsonPropertyName("attention_probs_dropout_prob")]
    public double AttentionDropout { get; init; } = 0.1;

    /// <summary>Longest sequence. Default 512.</summary>
    [JsonPropertyName("max_position_embeddings")]
    public int MaxPositions { get; init; } = 512;

    /// <summary>Segments. Default 2.</summary>
    [JsonPropertyName("type_vocab_size")]
    public int TypeVocabSize { get; init; } = 2;

    /// <summary>Standard deviation of new weights. Default 0.02.</summary>
    [JsonPropertyName("initializer_range")]
    public double InitializerRange { get; init; } = 0.02;

    /// <summary>Epsilon of layer normalisation, inside the root. Default 1e-12.</summary>
    [JsonPropertyName("layer_norm_eps")]
    public double LayerNormEpsilon { get; init; } = 1e-12;

    /// <summary>How layer normalisation divides: <c>decant_layer_norm</c>, which <c>transformers</c> does not know. Default: as in BERT.</summary>
    [JsonPropertyName("decant_layer_norm"), JsonConverter(typeof(JsonStringEnumConverter<LayerNormKind>)), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public LayerNormKind LayerNorm { get; init; }

    /// <summary>Id of the padding token; its embedding gets no gradient. Default 0.</summary>
    [JsonPropertyName("pad_token_id")]
    public int PadTokenId { get; init; }

    /// <summary>Fields of the file that the model does not need, kept so that a copy loses nothing.</summary>
    [JsonExtensionData]
    public JsonObject? Other { get; init; }

    /// <summary>Width of one attention head.</summary>
    [JsonIgnore]
    public int HeadSize => HiddenSize / Heads;

    /// <summary>Refuses sizes that do not make a network.</summary>
    /// <param name="where">The file, for the message.</param>
    /// <returns>This configuration.</returns>
    /// <exception cref="DecantException">A size is out of range or a feature is not supported.</exception>
    public BertConfig Validate(string where)
    {
        foreach ((string name, int size) in new[] { ("vocab_size", VocabSize), ("hidden_size", HiddenSize), ("num_hidden_layers", Layers), ("num_attention_heads", Heads), ("intermediate_size", IntermediateSize), ("max_position_embeddings", MaxPositions), ("type_vocab_size", TypeVocabSize) })
            if (size < 1) throw new DecantException($"{where}: {name} is {size}; it must be 1 or more.");
        if (HiddenSize % Heads != 0)
            throw new DecantException($"{where}: hidden_size {HiddenSize} is not a multiple of num_attention_heads {Heads}.");
        foreach ((string name, double p) in new[] { ("hidden_dropout_prob", HiddenDropout), ("attention_probs_dropout_prob", AttentionDropout) })
            if (p is not (>= 0 and < 1)) throw new DecantException($"{where}: {name} is {p}; it must be in [0, 1).");
        if (HiddenActivation is not ("gelu" or "relu"))
            throw new DecantException($"{where}: hidden_act '{HiddenActivation}' is not supported; only gelu and relu are.");
        if (Other?["position_embedding_type"]?.ToString() is { } positions and not "absolute")
            throw new DecantException($"{where}: position_embedding_type '{positions}' is not supported; only absolute is.");
        ValidatePruning(where);
        return this;
    }

    /// <summary>Reads a <c>config.json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DecantException">The file is missing, is not JSON, is not a BERT's, or has sizes out of range.</exception>
    public static BertConfig Load(string path)
    {
        if (!File.Exists(path)) throw new DecantException($"{path} does not exist. A model directory needs a config.json beside its weights.");
        try
        {
            BertConfig config = JsonSerializer.Deserialize<BertConfig>(File.ReadAllBytes(path), strict)
                ?? throw new DecantException($"{path} is empty.");
            if (config.Other?["model_type"]?.ToString() is { } type and not ("bert" or "fastbert"))
                throw new DecantException($"{path}: model_type '{type}' is not supported here; only bert and fastbert are.");
            return OfficialPruning.Translate(config, path).Validate(path);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new DecantException($"{path} is not a model configuration: {e.Message}", e);
        }
    }
}
