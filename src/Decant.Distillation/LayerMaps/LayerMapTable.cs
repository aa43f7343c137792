namespace Decant.Distillation.LayerMaps;

/// <summary>Shows a layer map to a person, before anything runs.</summary>
public static class LayerMapTable
{
    /// <summary>
    /// One line for each student layer, from the top down, with the teacher layers that it learns from;
    /// layers that learn from none are shown too, and so are teacher layers that teach nobody, in the last line.
    /// </summary>
    /// <param name="map">The map.</param>
    /// <returns>Lines with '\n' between.</returns>
    public static string ToTable(this LayerMap map)
    {
        List<(string Student, string Teacher)> rows = [($"student ({map.StudentLayers})", $"teacher ({map.TeacherLayers})")];
        for (int layer = map.StudentLayers; layer >= 0; layer--)
        {
            string[] teachers = [.. map.Where(p => p.Student == layer).Select(p => Name(p.Teacher))];
            if (layer == 0 && teachers.Length == 0) continue;
            rows.Add((Name(layer), teachers.Length == 0 ? "–" : "← " + string.Join(", ", teachers)));
        }
        int width = rows.Max(r => r.Student.Length);
        string[] idle = [.. Enumerable.Range(1, map.TeacherLayers).Except(map.Teachers).Select(l => $"{l}")];
        string last = idle.Length == 0 ? "" : $"\nnot used: teacher layer{(idle.Length > 1 ? "s" : "")} {string.Join(", ", idle)}";
        return string.Join('\n', rows.Select(r => $"{r.Student.PadRight(width)}  {r.Teacher}")) + last;
    }

    private static string Name(int layer) => layer == 0 ? "embeddings" : $"layer {layer}";
}
