using System.Text.Json.Serialization;

namespace Decant.Serving.Contract;

/// <summary>Writes the contract without reflection.</summary>
[JsonSerializable(typeof(PredictRequest)), JsonSerializable(typeof(PredictResponse)), JsonSerializable(typeof(ModelList)), JsonSerializable(typeof(ModelBody))]
internal sealed partial class ServingJson : JsonSerializerContext;
