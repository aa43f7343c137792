namespace Decant.Text.Tokenization;

/// <summary>A piece and the part of the text that it stands for.</summary>
/// <param name="Id">The piece's id.</param>
/// <param name="Start">The first UTF-16 unit of the part.</param>
/// <param name="End">One behind its last unit. Accents that were stripped belong to the character they stand on.</param>
public readonly record struct LocatedPiece(int Id, int Start, int End);
