using System.Collections;
using System.Reflection;

namespace Decant.Distillation.Recipes.Binding;

/// <summary>
/// Reads nodes into options records, strictly: an unknown key, a wrong type or a value out of range is an error that names
/// file, line and key, and says what is allowed. All errors are told at once.
/// </summary>
/// <remarks>
/// A record has a parameterless constructor and <c>init</c> properties of these types: numbers, bools, strings, enums (camelCase),
/// <see cref="IRecipeText{TSelf}"/> values, other records, <see cref="ValueList{T}"/> or <see cref="IReadOnlyList{T}"/> of those,
/// <see cref="ObjectiveMap"/>, and <see cref="RecipeNode"/> for what is read later. Limits come from DataAnnotations; <c>required</c> properties must be written; the rest keep their defaults.
/// </remarks>
/// <param name="catalog">The objectives that may be named; none by default.</param>
public sealed class RecipeBinder(ObjectiveCatalog? catalog = null)
{
    private static readonly MethodInfo ParseTextMethod = Private(nameof(ParseText)), ListOfMethod = Private(nameof(ListOf));
    private readonly ObjectiveCatalog _catalog = catalog ?? new();
    private readonly List<string> _problems = [];

    /// <summary>Reads a record.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="node">What was written.</param>
    /// <param name="path">The node's key in the file, dots between levels; empty for the whole file.</param>
    /// <exception cref="RecipeException">Something is wrong.</exception>
    public T Bind<T>(RecipeNode node, string path = "") where T : class => (T)Bind(typeof(T), node, path);

    /// <summary>Reads a record of a type that is known at run time only.</summary>
    /// <param name="type">The record.</param>
    /// <param name="node">What was written.</param>
    /// <param name="path">The node's key in the file.</param>
    /// <exception cref="RecipeException">Something is wrong.</exception>
    public object Bind(Type type, RecipeNode node, string path = "")
    {
        _problems.Clear();
        object? value = Options(type, node, path);
        return _problems.Count == 0 ? value! : throw new RecipeException([.. _problems]);
    }

    private object? Options(Type type, RecipeNode node, string path)
    {
        if (node is not RecipeMap map)
            return Fail(node.Origin, path, $"must be a map of keys, but is {node.Describe()}");
        OptionsShape shape = OptionsShape.Of(type);
        object options = shape.CreateDefault();
        int before = _problems.Count;
        foreach (RecipeEntry entry in map.Entries)
        {
            if (shape.Keys.FirstOrDefault(k => k.Name == entry.Key) is { } key)
                Set(options, key, entry, Join(path, key.Name));
            else
                UnknownKey(entry, path, [.. shape.Keys.Select(k => k.Name)]);
        }
        foreach (OptionsKey missing in shape.Keys.Where(k => k.IsRequired && map.Find(k.Name) is null))
            Fail(map.Origin, Join(path, missing.Name), "is missing");
        if (options is IRecipeRules rules && _problems.Count == before)
            foreach (RecipeProblem problem in rules.Problems())
                Fail(map.Entries.FirstOrDefault(e => e.Key == problem.Key.Split('.')[0])?.Origin ?? map.Origin, Join(path, problem.Key), problem.Message);
        return options;
    }

    private void Set(object options, OptionsKey key, RecipeEntry entry, string path)
    {
        if (entry.Value is RecipeScalar { IsNull: true })
        {
            if (key.IsNullable) key.Property.SetValue(options, null);
            else Fail(entry.Origin, path, $"is empty; it must be {ValueLimits.Expected(key.Type, key.Limits)}");
            return;
        }
        if (Value(key.Type, entry.Value, path, key) is not { } value) return;
        if (ValueLimits.Broken(value, key.Type, key.Limits) is { } broken) Fail(entry.Value.Origin, path, broken);
        else key.Property.SetValue(options, value);
    }

    private object? Value(Type type, RecipeNode node, string path, OptionsKey key)
    {
        if (type == typeof(RecipeNode)) return node;
        if (type == typeof(ObjectiveMap)) return Objectives(node, path);
        if (typeof(IRecipeText<>) is var open && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == open))
            return Text(type, node, path);
        if (ScalarReader.Reads(type))
        {
            if (node is RecipeScalar { IsNull: false } scalar && ScalarReader.Read(type, scalar.Text) is { } read) return read;
            string near = type.IsEnum && node is RecipeScalar { IsNull: false } name && NearestName.Of(name.Text, EnumNames.All(type)) is { } found
                ? $". Did you mean '{found}'?" : "";
            return Fail(node.Origin, path, $"must be {ValueLimits.Expected(type, key.Limits)}, but is {node.Describe()}{near}");
        }
        if (ValueLimits.ListElement(type) is { } element) return List(element, node, path, key);
        if (OptionsShape.IsOptions(type)) return Options(type, node, path);
        throw new InvalidOperationException($"{key.Property.DeclaringType}.{key.Property.Name} has the type {type}, which recipes cannot hold.");
    }

    private object? List(Type element, RecipeNode node, string path, OptionsKey key)
    {
        // One text needs no brackets around it.
        if (node is not RecipeList && !(element == typeof(string) && node is RecipeScalar { IsNull: false }))
            return Fail(node.Origin, path, $"must be a list, but is {node.Describe()}");
        int before = _problems.Count;
        object?[] items = node is RecipeList { Items: var nodes }
            ? [.. nodes.Select((item, i) => Value(element, item, Join(path, $"{i}"), key))]
            : [Value(element, node, path, key)];
        return _problems.Count == before ? ListOfMethod.MakeGenericMethod(element).Invoke(null, [items]) : null;
    }

    private ObjectiveMap? Objectives(RecipeNode node, string path)
    {
        if (node is not RecipeMap map)
            return (ObjectiveMap?)Fail(node.Origin, path, $"must be a map from an objective's name to its options, but is {node.Describe()}");
        List<ObjectiveEntry> entries = [];
        foreach (RecipeEntry entry in map.Entries)
        {
            if (_catalog.Find(entry.Key) is not { } kind)
                Fail(entry.Origin, Join(path, YamlText.Shorten(entry.Key)), "is not an objective", " " + KeyHint.For(entry.Key, "objectives", _catalog.Names));
            else if (entry.Value is RecipeScalar { Text: "off" })
                continue;
            else if (entry.Value is RecipeScalar { IsNull: true })
                Fail(entry.Origin, Join(path, entry.Key), "is empty; write {} for its defaults, or off to leave it out");
            else if (Options(kind.OptionsType, entry.Value, Join(path, entry.Key)) is { } options)
                entries.Add(new(entry.Key, options));
        }
        return new(entries);
    }

    private object? Text(Type type, RecipeNode node, string path)
    {
        try
        {
            return ParseTextMethod.MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [node is RecipeScalar scalar ? scalar.Text : node.ToFlow()], null);
        }
        catch (DecantException e)
        {
            return Fail(node.Origin, path, e.Message.TrimEnd('.'));
        }
    }

    private void UnknownKey(RecipeEntry entry, string path, IReadOnlyList<string> valid) =>
        _problems.Add($"{entry.Origin}: unknown key '{YamlText.Shorten(entry.Key)}'{(path.Length > 0 ? $" in {path}" : "")}. {KeyHint.For(entry.Key, "keys", valid)}");

    private object? Fail(RecipeOrigin origin, string path, string problem, string hint = "")
    {
        string subject = path.Length > 0 ? path : "the recipe";
        _problems.Add($"{origin}: {subject} {problem}{(problem.EndsWith('?') ? "" : ".")}{hint}");
        return null;
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : key.Length == 0 ? path : $"{path}.{key}";

    private static object ParseText<T>(string text) where T : IRecipeText<T> => T.Parse(text);

    private static ValueList<T> ListOf<T>(object?[] items) => items.Select(i => (T)i!).ToValueList();

    private static MethodInfo Private(string name) => typeof(RecipeBinder).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;
}
