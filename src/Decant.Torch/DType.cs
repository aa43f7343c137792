namespace Decant.Torch;

/// <summary>The element type of a tensor. The numbers are libtorch's own (<c>c10::ScalarType</c>).</summary>
public enum DType
{
    /// <summary>IEEE 754 single precision, 4 bytes.</summary>
    Float32 = 6,
    /// <summary>IEEE 754 double precision, 8 bytes.</summary>
    Float64 = 7,
    /// <summary>IEEE 754 half precision, 2 bytes.</summary>
    Float16 = 5,
    /// <summary>The upper half of a single-precision number: 8 bits of exponent, 7 of fraction; 2 bytes.</summary>
    BFloat16 = 15,
    /// <summary>Signed integer of 8 bytes.</summary>
    Int64 = 4,
    /// <summary>Signed integer of 4 bytes.</summary>
    Int32 = 3,
    /// <summary>Signed integer of 2 bytes.</summary>
    Int16 = 2,
    /// <summary>Signed integer of 1 byte.</summary>
    Int8 = 1,
    /// <summary>Unsigned integer of 1 byte.</summary>
    UInt8 = 0,
    /// <summary>Truth value, 1 byte: 0 or 1.</summary>
    Bool = 11,
}
