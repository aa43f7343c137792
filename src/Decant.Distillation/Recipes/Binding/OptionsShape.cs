using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Decant.Distillation.Recipes.Binding;

/// <summary>What an options record looks like to a recipe: its keys, their types, limits and defaults.</summary>
public sealed class OptionsShape
{
    private static readonly ConcurrentDictionary<Type, OptionsShape> Known = new();

    private OptionsShape(Type type)
    {
        Type = type;
        NullabilityInfoContext nullability = new();
        Keys = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.SetMethod is { IsPublic: true } && p.GetIndexParameters().Length == 0)
            .OrderBy(p => p.MetadataToken)
            .Select(p => new OptionsKey(p, nullability.Create(p).WriteState == NullabilityState.Nullable))];
    }

    /// <summary>The record.</summary>
    public Type Type { get; }

    /// <summary>Its keys in the order of declaration: every public property that can be set or initialised.</summary>
    public IReadOnlyList<OptionsKey> Keys { get; }

    /// <summary>The shape of a record; it is worked out once.</summary>
    /// <param name="type">A class with a public parameterless constructor.</param>
    public static OptionsShape Of(Type type) => Known.GetOrAdd(type, t => new(t));

    /// <summary>A new instance with every value at its default.</summary>
    public object CreateDefault() => Activator.CreateInstance(Type)
        ?? throw new InvalidOperationException($"{Type} cannot be made.");

    /// <summary>Whether a type is read key by key, as a record of options.</summary>
    /// <param name="type">Any type.</param>
    public static bool IsOptions(Type type) =>
        type is { IsClass: true, IsAbstract: false } && type != typeof(string) && type.GetConstructor(Type.EmptyTypes) is not null;
}

/// <summary>One key of an options record.</summary>
/// <param name="Property">The property that it sets.</param>
/// <param name="IsNullable">The value may be empty.</param>
public sealed record OptionsKey(PropertyInfo Property, bool IsNullable)
{
    /// <summary>The key as it is written.</summary>
    public string Name { get; } = EnumNames.Camel(Property.Name);

    /// <summary>Type of the value, without a <see cref="Nullable{T}"/> around it.</summary>
    public Type Type { get; } = Nullable.GetUnderlyingType(Property.PropertyType) ?? Property.PropertyType;

    /// <summary>The key must be there.</summary>
    public bool IsRequired { get; } = Property.IsDefined(typeof(RequiredMemberAttribute)) || Property.IsDefined(typeof(RequiredAttribute));

    /// <summary>Limits from DataAnnotations.</summary>
    public IReadOnlyList<ValidationAttribute> Limits { get; } =
        [.. Property.GetCustomAttributes<ValidationAttribute>().Where(a => a is not RequiredAttribute)];
}
