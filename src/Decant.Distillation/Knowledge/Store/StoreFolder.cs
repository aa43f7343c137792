using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Decant.Distillation.Knowledge.Store.Fields;

namespace Decant.Distillation.Knowledge.Store;

/// <summary>The files of a store.</summary>
/// <param name="path">The folder.</param>
internal sealed class StoreFolder(string path)
{
    private static readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(allowIntegerValues: false) },
    };

    public string Path { get; } = path;

    public string Manifest => At("manifest.json");

    public string Lock => At("build.lock");

    public string At(string file) => System.IO.Path.Combine(Path, file);

    public static string ShardName(int number) => string.Create(CultureInfo.InvariantCulture, $"shard-{number:00000}.bin");

    public string Shard(int number) => At(ShardName(number));

    public void Write(StoreManifest manifest) => AtomicFile.WriteText(Manifest, JsonSerializer.Serialize(manifest, json) + "\n");

    /// <summary>Reads the manifest; null when there is none.</summary>
    /// <exception cref="DecantException">It is damaged or of another version.</exception>
    public StoreManifest? Read()
    {
        if (!File.Exists(Manifest)) return null;
        try
        {
            byte[] text = File.ReadAllBytes(Manifest);
            RequireVersion(text);
            StoreManifest manifest = JsonSerializer.Deserialize<StoreManifest>(text, json) ?? throw new DecantException("it is empty");
            Check(manifest);
            return manifest;
        }
        catch (Exception e) when (e is JsonException or DecantException or IOException or UnauthorizedAccessException or OverflowException or InvalidOperationException or NotSupportedException)
        {
            throw new DecantException($"{Manifest} is no manifest of a knowledge store that this version reads: {e.Message.TrimEnd('.')}. Nothing was changed.", e);
        }
    }

    // Before the rest, which another version may have in another form.
    private static void RequireVersion(byte[] text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("format", out JsonElement format) || format.ValueKind != JsonValueKind.String
            || format.GetString() != StoreManifest.FormatName)
            throw new DecantException($"its field format is not '{StoreManifest.FormatName}'");
        if (!document.RootElement.TryGetProperty("version", out JsonElement version) || version.ValueKind != JsonValueKind.Number
            || !version.TryGetInt32(out int number))
            throw new DecantException($"its field version is {version}, and this program reads {StoreManifest.CurrentVersion}");
        if (number != StoreManifest.CurrentVersion)
            throw new DecantException($"its field version is {number}, and this program reads {StoreManifest.CurrentVersion}: {(number < StoreManifest.CurrentVersion ? "make the store again, in another folder, with 'decant teach'" : "read it with a newer one")}");
    }

    private static void Check(StoreManifest manifest)
    {
        StoreTeacher teacher = manifest.Teacher;
        Require(teacher.Layers is > 0 and < 1000 && teacher.HiddenSize is > 0 and <= 1 << 16 && teacher.Outputs is > 0 and <= 1 << 20, "the teacher's sizes");
        Require(manifest.MaxLength is > 0 and <= ushort.MaxValue, "maxLength");
        Require(manifest.BlockBytes > 0 && manifest.ShardBytes > 0, "blockBytes or shardBytes");
        Require(manifest.Data.Count > 0 && manifest.Data.All(d => d.Part >= 1 && d.Part <= d.Parts && d.Sequences > 0), "data");
        for (int s = 0; s < manifest.Shards.Count; s++)
            Require(manifest.Shards[s].File == ShardName(s) && manifest.Shards[s].Bytes >= 0 && manifest.Shards[s].Records >= 0, $"shards[{s}]");
        Require(manifest.Request.Count > 0 && manifest.Request.Distinct().Count() == manifest.Request.Count, "request");
        StoredField[] fields = manifest.CreateFields();
        Require(manifest.Request.SequenceEqual(FieldSet.Texts(manifest.KnowledgeRequest())), "request");
        foreach (StoredField field in fields) _ = field.MaxSize(manifest.MaxLength);
    }

    private static void Require(bool condition, string field)
    {
        if (!condition) throw new DecantException($"its field {field} makes no sense");
    }
}
