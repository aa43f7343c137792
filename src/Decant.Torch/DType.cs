namespace Decant.Torch;

/// <summary>The element type of a tensor.</summary>
public enum DType
{
    /// <summary>IEEE 754 single precision, 4 bytes.</summary>
    Float32,
    /// <summary>IEEE 754 double precision, 8 bytes.</summary>
    Float64,
    /// <summary>IEEE 754 half precision, 2 bytes.</summary>
    Float16,
    /// <summary>The upper half of a single-precision number: 8 bits of exponent, 7 of fraction; 2 bytes.</summary>
    BFloat16,
    /// <summary>Signed integer of 8 bytes.</summary>
    Int64,
    /// <summary>Signed integer of 4 bytes.</summary>
    Int32,
    /// <summary>Signed integer of 2 bytes.</summary>
    Int16,
    /// <summary>Signed integer of 1 byte.</summary>
    Int8,
    /// <summary>Unsigned integer of 1 byte.</summary>
    UInt8,
    /// <summary>Truth value, 1 byte: 0 or 1.</summary>
    Bool,
}
