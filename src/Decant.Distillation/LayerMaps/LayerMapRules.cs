using Decant.Distillation.Recipes;

namespace Decant.Distillation.LayerMaps;

/// <summary>A rule over the student's layers 1…k−1: all but the top one (PKD, section 3.2).</summary>
internal sealed record IntermediateRule(string Name, Func<int, int, int, int> TeacherOf) : LayerMapRule
{
    public override LayerMap For(int teacherLayers, int studentLayers)
    {
        if (studentLayers < 2)
            throw new DecantException($"The layer map '{Name}' teaches all student layers but the top one, and this student has {studentLayers}. Take a deeper student, or another map such as uniform.");
        if (studentLayers > teacherLayers)
            throw new DecantException($"The layer map '{Name}' needs a student that is no deeper than its teacher, but the student has {studentLayers} layers and the teacher {teacherLayers}.");
        return new(teacherLayers, studentLayers,
            Enumerable.Range(1, studentLayers - 1).Select(j => new LayerPair(j, TeacherOf(j, teacherLayers, studentLayers))));
    }

    public bool Equals(IntermediateRule? other) => other?.Name == Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;
}

/// <summary>Embeddings and all layers, evenly spread up to a chosen teacher layer (Marginal Utility Diminishes; TinyBERT for the top itself).</summary>
internal sealed record UniformRule(int? Top) : LayerMapRule
{
    public override LayerMap For(int teacherLayers, int studentLayers)
    {
        int top = Top ?? teacherLayers;
        if (top > teacherLayers)
            throw new DecantException($"The layer map '{this}' goes up to teacher layer {top}, but the teacher has {teacherLayers} layers.");
        return new(teacherLayers, studentLayers,
            Enumerable.Range(0, studentLayers + 1).Select(j => new LayerPair(j, Proportion(top, j, studentLayers))));
    }

    public override string ToString() => Top is null ? "uniform" : $"t_top{Top}";
}

/// <summary>Teacher layers for student layers 1, 2, ….</summary>
internal sealed record ListedRule(ValueList<int> Teachers) : LayerMapRule
{
    public override LayerMap For(int teacherLayers, int studentLayers)
    {
        if (Teachers.Count > studentLayers)
            throw new DecantException($"The layer map {this} lists {Teachers.Count} teacher layers, but the student has {studentLayers} layers to teach.");
        return new(teacherLayers, studentLayers, Teachers.Select((teacher, i) => new LayerPair(i + 1, teacher)));
    }

    public override string ToString() => Teachers.ToString();
}

/// <summary>Pairs as they are written.</summary>
internal sealed record PairsRule(ValueList<LayerPair> Written) : LayerMapRule
{
    public override LayerMap For(int teacherLayers, int studentLayers) => new(teacherLayers, studentLayers, Written);

    public override string ToString() => "{" + string.Join(", ", Written.GroupBy(p => p.Student).Select(g =>
        g.Count() == 1 ? $"{g.Key}: {g.First().Teacher}" : $"{g.Key}: [{string.Join(", ", g.Select(p => p.Teacher))}]")) + "}";
}

/// <summary>The highest student layers of another rule.</summary>
internal sealed record KeepRule(LayerMapRule Rule, int Count) : LayerMapRule
{
    public override LayerMap For(int teacherLayers, int studentLayers) => Rule.For(teacherLayers, studentLayers).KeepTop(Count);

    public override string ToString() => $"{Rule} keep {Count}";
}
