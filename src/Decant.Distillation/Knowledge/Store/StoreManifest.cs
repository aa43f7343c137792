using System.Security.Cryptography;
using System.Text;
using Decant.Distillation.Knowledge.Store.Fields;
using Decant.Distillation.Knowledge.Store.Format;

namespace Decant.Distillation.Knowledge.Store;

/// <summary>What a knowledge store holds and what it was made from: <c>manifest.json</c>.</summary>
public sealed record StoreManifest
{
    /// <summary>The format's name in every manifest.</summary>
    public const string FormatName = "decant-knowledge-store";

    /// <summary>The version of the format that is written and read.</summary>
    public const int CurrentVersion = 2;

    /// <summary><see cref="FormatName"/>.</summary>
    public string Format { get; init; } = FormatName;

    /// <summary>Version of the format.</summary>
    public int Version { get; init; } = CurrentVersion;

    /// <summary>The program that wrote it, for people.</summary>
    public required string Software { get; init; }

    /// <summary>The teacher.</summary>
    public required StoreTeacher Teacher { get; init; }

    /// <summary>Fingerprint of the tokenizer.</summary>
    public required string Tokenizer { get; init; }

    /// <summary>The longest sequence that was allowed, in tokens; longer ones were cut.</summary>
    public required int MaxLength { get; init; }

    /// <summary>The parts of the request, in the order of the fields of a record.</summary>
    public required IReadOnlyList<string> Request { get; init; }

    /// <summary>How values are written.</summary>
    public required StoreValues Values { get; init; }

    /// <summary>How blocks are packed.</summary>
    public required StoreCompression Compression { get; init; }

    /// <summary>A block is closed when its payload has this many bytes, or with the teacher's batch.</summary>
    public required int BlockBytes { get; init; }

    /// <summary>A shard is closed before it would grow beyond this many bytes.</summary>
    public required long ShardBytes { get; init; }

    /// <summary>The data sets whose sequences are in it; one, unless stores were merged.</summary>
    public required IReadOnlyList<StoreData> Data { get; init; }

    /// <summary>Whether everything is there; false while it is being built.</summary>
    public bool Complete { get; init; }

    /// <summary>The shards, once it is complete.</summary>
    public IReadOnlyList<StoreShard> Shards { get; init; } = [];

    /// <summary>Reads the manifest of a store, finished or not.</summary>
    /// <param name="path">The store's folder.</param>
    /// <exception cref="DecantException">There is none, it is damaged, or of another version.</exception>
    public static StoreManifest Read(string path) => new StoreFolder(path).Read()
        ?? throw new DecantException($"{path} holds no knowledge store (there is no manifest.json). Make one with 'decant teach', or set knowledge: online.");

    /// <summary>Records of all shards.</summary>
    public long Records() => Shards.Sum(s => s.Records);

    /// <summary>Bytes of all shards.</summary>
    public long Bytes() => Shards.Sum(s => s.Bytes);

    /// <summary>What is stored, as a request.</summary>
    public KnowledgeRequest KnowledgeRequest() => FieldSet.Request(Request);

    /// <summary>
    /// SHA-256 of all that decides the bytes of a record: every shard carries it. The data sets are left out, so that shards of
    /// different data can stand in one store.
    /// </summary>
    internal byte[] Identity() => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        (string[])[$"{FormatName} {Version}", Teacher.Fingerprint, Tokenizer, $"{MaxLength}", $"{Values}", .. Request])));

    internal StoredField[] CreateFields() => FieldSet.Create(Request, Teacher.Shape(), Values.DType());
}

/// <summary>The teacher of a store: all that training needs to know of it, so that it need not be there.</summary>
public sealed record StoreTeacher
{
    /// <summary>SHA-256 of its sizes and weights.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Transformer layers.</summary>
    public required int Layers { get; init; }

    /// <summary>Width of its hidden states.</summary>
    public required int HiddenSize { get; init; }

    /// <summary>Logits per sequence.</summary>
    public required int Outputs { get; init; }

    /// <summary>Its trained values.</summary>
    public required long Parameters { get; init; }

    /// <summary>Where it was when the store was made, for people.</summary>
    public required string Source { get; init; }

    /// <summary>Its metrics on the dev split; null where that was not measured.</summary>
    public IReadOnlyDictionary<string, double>? Metrics { get; init; }

    /// <summary>The sizes that layer maps and projections depend on.</summary>
    public TeacherShape Shape() => new(Layers, HiddenSize, Outputs);
}

/// <summary>A data set of a store.</summary>
public sealed record StoreData
{
    /// <summary>The task.</summary>
    public required string Task { get; init; }

    /// <summary>Name of the split.</summary>
    public required string Split { get; init; }

    /// <summary>Where it came from, for people.</summary>
    public required string Source { get; init; }

    /// <summary>Fingerprint of the data set.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The labels in the order of the logits; none for regression and multiple choice.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Its examples.</summary>
    public required long Examples { get; init; }

    /// <summary>Its different sequences: what the teacher has to see.</summary>
    public required long Sequences { get; init; }

    /// <summary>Which part of it this store holds, from 1.</summary>
    public int Part { get; init; } = 1;

    /// <summary>In how many parts it was split; 1 when it was not.</summary>
    public int Parts { get; init; } = 1;
}

/// <summary>One file of a store.</summary>
/// <param name="File">Its name in the folder.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Records">Records in it.</param>
public sealed record StoreShard(string File, long Bytes, long Records);
