using System.Text.Json.Serialization;

namespace Decant.Distillation.Knowledge.Store.Format;

/// <summary>General compression of a store's blocks. The numbers are those of the file format.</summary>
public enum StoreCompression
{
    /// <summary>None. Default: records are read in place, and half-precision values hardly shrink.</summary>
    [JsonStringEnumMemberName("none")]
    None = 0,

    /// <summary>Brotli, quality 4. A block that does not shrink is kept as it is.</summary>
    [JsonStringEnumMemberName("brotli")]
    Brotli = 1,
}
