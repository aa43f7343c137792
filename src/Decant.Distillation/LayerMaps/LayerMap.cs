using System.Collections;
using Decant.Distillation.Recipes;

namespace Decant.Distillation.LayerMaps;

/// <summary>Which teacher layer teaches which student layer, for two models of known depth.</summary>
/// <remarks>
/// Layers are counted from 1; 0 is the output of the embeddings, so layer l is <c>hidden_states[l]</c> of Hugging Face.
/// A <see cref="LayerMapRule"/> makes maps from rules such as skip and last.
/// </remarks>
public sealed record LayerMap : IReadOnlyList<LayerPair>
{
    private readonly ValueList<LayerPair> _pairs;

    /// <summary>Makes a map.</summary>
    /// <param name="teacherLayers">Transformer layers of the teacher, 1 or more.</param>
    /// <param name="studentLayers">Transformer layers of the student, 1 or more.</param>
    /// <param name="pairs">The pairs, at least one, each once; they are put in rising order.</param>
    /// <exception cref="DecantException">A layer does not exist, a pair comes twice, or there is none.</exception>
    public LayerMap(int teacherLayers, int studentLayers, params IEnumerable<LayerPair> pairs)
    {
        TeacherLayers = teacherLayers;
        StudentLayers = studentLayers;
        _pairs = pairs.OrderBy(p => p.Student).ThenBy(p => p.Teacher).ToValueList();
        if (_pairs.Count == 0)
            throw new DecantException("A layer map needs at least one pair of layers.");
        foreach (LayerPair pair in _pairs)
        {
            Check("student", pair.Student, studentLayers);
            Check("teacher", pair.Teacher, teacherLayers);
        }
        if (_pairs.GroupBy(p => p).FirstOrDefault(g => g.Count() > 1)?.Key is { } twice)
            throw new DecantException($"The layer map pairs student layer {twice.Student} with teacher layer {twice.Teacher} twice.");
    }

    /// <summary>Transformer layers of the teacher.</summary>
    public int TeacherLayers { get; }

    /// <summary>Transformer layers of the student.</summary>
    public int StudentLayers { get; }

    /// <inheritdoc/>
    public int Count => _pairs.Count;

    /// <inheritdoc/>
    public LayerPair this[int index] => _pairs[index];

    /// <summary>The teacher layers that are needed, each once, rising.</summary>
    public ValueList<int> Teachers => _pairs.Select(p => p.Teacher).Distinct().Order().ToValueList();

    /// <summary>The student layers that learn, each once, rising.</summary>
    public ValueList<int> Students => _pairs.Select(p => p.Student).Distinct().Order().ToValueList();

    /// <summary>The pairs of the <paramref name="count"/> highest student layers that learn (Marginal Utility Diminishes, depth compression).</summary>
    /// <param name="count">1 up to the number of student layers that learn.</param>
    /// <exception cref="DecantException">The map has fewer student layers.</exception>
    public LayerMap KeepTop(int count)
    {
        ValueList<int> students = Students;
        if (count < 1 || count > students.Count)
            throw new DecantException($"Cannot keep the top {count} student layers: the layer map has {students.Count} ({string.Join(", ", students)}).");
        int lowest = students[students.Count - count];
        return new(TeacherLayers, StudentLayers, _pairs.Where(p => p.Student >= lowest));
    }

    /// <inheritdoc/>
    public IEnumerator<LayerPair> GetEnumerator() => _pairs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The pairs on one line: <c>1←2, 2←4</c>.</summary>
    public override string ToString() => string.Join(", ", _pairs.Select(p => $"{p.Student}←{p.Teacher}"));

    private static void Check(string whose, int layer, int layers)
    {
        if (layer < 0 || layer > layers)
            throw new DecantException($"The layer map asks for {whose} layer {layer}, but the {whose} has {layers} layers (1 to {layers}; 0 is the embeddings).");
    }
}
