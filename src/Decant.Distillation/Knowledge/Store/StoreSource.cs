using Decant.Distillation.Knowledge.Store.Building;
using Decant.Distillation.Knowledge.Store.Fields;
using Decant.Text.Batching;
using Decant.Text.Data;

namespace Decant.Distillation.Knowledge.Store;

/// <summary>What a store is made from.</summary>
public sealed record StoreSource
{
    /// <summary>The teacher.</summary>
    public required StoreTeacher Teacher { get; init; }

    /// <summary>Fingerprint of the tokenizer that made <see cref="Data"/>.</summary>
    public required string Tokenizer { get; init; }

    /// <summary>The examples; augmented ones are examples as any other.</summary>
    public required EncodedDataSet Data { get; init; }

    /// <summary>What the store is to hold.</summary>
    public required KnowledgeRequest Request { get; init; }

    /// <summary>Id of the padding token. Default 0.</summary>
    public int PadId { get; init; }

    internal StoreManifest ToManifest(StoreBuildOptions options, long sequences)
    {
        DataSet data = Data.Data;
        return new StoreManifest
        {
            Software = $"Decant {typeof(StoreSource).Assembly.GetName().Version?.ToString(3)}",
            Teacher = Teacher,
            Tokenizer = Tokenizer,
            MaxLength = Data.MaxLength,
            Request = FieldSet.Texts(Request),
            Values = options.Values,
            Compression = options.Compression,
            BlockBytes = options.EffectiveBlockBytes,
            ShardBytes = options.ShardBytes,
            Data =
            [
                new StoreData
                {
                    Task = data.Task.Name, Split = data.Split, Source = data.Source, Fingerprint = data.Fingerprint, Labels = data.Task.Labels,
                    Examples = data.Examples.Count, Sequences = sequences, Part = options.Part, Parts = options.Parts,
                },
            ],
        };
    }
}
