using Decant.Models.Bert;

namespace Decant.Distillation.Pruning;

/// <summary>What pruning made of a model.</summary>
/// <param name="Path">The student's folder.</param>
/// <param name="Before">Sizes of the model.</param>
/// <param name="After">Sizes of the student.</param>
/// <param name="ParametersBefore">Values in the model.</param>
/// <param name="ParametersAfter">Values in the student.</param>
public sealed record PruneResult(string Path, BertConfig Before, BertConfig After, long ParametersBefore, long ParametersAfter);
