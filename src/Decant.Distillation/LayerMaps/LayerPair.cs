namespace Decant.Distillation.LayerMaps;

/// <summary>One lesson: a student layer learns from a teacher layer.</summary>
/// <param name="Student">Student layer, from 1; 0 is the output of the embeddings.</param>
/// <param name="Teacher">Teacher layer, from 1; 0 is the output of the embeddings.</param>
public readonly record struct LayerPair(int Student, int Teacher);
