using System.Text.Json.Serialization;
using Decant.Torch;

namespace Decant.Distillation.Knowledge.Store.Format;

/// <summary>How a store writes hidden states and pooled outputs. Logits are few and always 32-bit.</summary>
public enum StoreValues
{
    /// <summary>Single precision: training from the store equals training beside the teacher.</summary>
    [JsonStringEnumMemberName("float32")]
    Float32,

    /// <summary>Half precision, magnitudes up to 65504. Default.</summary>
    [JsonStringEnumMemberName("float16")]
    Float16,

    /// <summary>The upper half of single precision: its whole range, 8 bits of significance.</summary>
    [JsonStringEnumMemberName("bfloat16")]
    BFloat16,

    /// <summary>One signed byte a value and one scale a vector.</summary>
    [JsonStringEnumMemberName("int8")]
    Int8,
}

/// <summary>The element types behind the names.</summary>
internal static class StoreValuesExtensions
{
    public static DType DType(this StoreValues values) => values switch
    {
        StoreValues.Float32 => Torch.DType.Float32,
        StoreValues.Float16 => Torch.DType.Float16,
        StoreValues.BFloat16 => Torch.DType.BFloat16,
        _ => Torch.DType.Int8,
    };
}
