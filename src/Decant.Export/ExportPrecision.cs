namespace Decant.Export;

/// <summary>What the weights of an export are written in.</summary>
public enum ExportPrecision
{
    /// <summary>Single precision: the model as it is.</summary>
    Float32,
    /// <summary>Half precision, for weights and for what is computed with them; outputs stay in single precision. Half the size.</summary>
    Float16,
    /// <summary>
    /// Matrices and word embeddings in 8-bit integers with a scale for each row; inputs of matrix products are rounded to 8 bits
    /// while the model runs (dynamic quantisation). About a quarter of the size.
    /// </summary>
    Int8,
}
