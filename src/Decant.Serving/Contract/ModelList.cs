using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Decant.Serving.Contract;

/// <summary>The body of <c>GET /v1/models</c>.</summary>
public sealed record ModelList
{
    /// <summary>The models in the order in which they were named.</summary>
    [JsonPropertyName("models"), Description("The models in the order in which they were named.")]
    public required IReadOnlyList<ModelBody> Models { get; init; }
}
