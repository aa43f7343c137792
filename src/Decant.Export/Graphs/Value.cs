using Decant.Torch;

namespace Decant.Export.Graphs;

/// <summary>A value that flows through a graph: what a node gives, an input, or a constant.</summary>
/// <param name="Name">Its name in the graph.</param>
/// <param name="DType">Its element type.</param>
internal readonly record struct Value(string Name, DType DType);
