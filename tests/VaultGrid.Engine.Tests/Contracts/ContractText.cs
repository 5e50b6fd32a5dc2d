using System.Reflection;
using Orleans.Concurrency;

namespace VaultGrid.Engine.Tests.Contracts;

/// <summary>Grain contracts as text, for a file that freezes them.</summary>
internal static class ContractText
{
    public static IEnumerable<string> Of(IReadOnlyList<Assembly> assemblies)
    {
        var rules = new ContractRules(assemblies);
        var codecs = new CodecRules(assemblies);
        foreach (var type in rules.Interfaces)
        {
            yield return $"interface {ContractRules.AliasOf(type)} : {string.Join(", ", type.GetInterfaces().Where(face => face != typeof(IGrain) && face != typeof(IAddressable)).Select(face => face.Name).Order(StringComparer.Ordinal))}";
            foreach (var method in type.GetMethods().OrderBy(ContractRules.AliasOf, StringComparer.Ordinal))
            {
                codecs.Reach(method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0] : typeof(string), string.Empty);
                foreach (var parameter in method.GetParameters())
                {
                    codecs.Reach(parameter.ParameterType, string.Empty);
                }

                var interleaves = method.IsDefined(typeof(AlwaysInterleaveAttribute)) ? " interleaves" : string.Empty;
                yield return $"  {ContractRules.AliasOf(method)}({string.Join(", ", method.GetParameters().Select(parameter => Name(parameter.ParameterType)))}) : {Name(method.ReturnType)}{interleaves}";
            }
        }

        foreach (var (grain, name, _, state) in rules.States.OrderBy(state => state.Name, StringComparer.Ordinal))
        {
            codecs.Reach(state, string.Empty);
            yield return $"state {name} of {grain.Name} : {Name(state)}";
        }

        foreach (var type in codecs.Annotated)
        {
            yield return $"type {Name(type)}{(type.BaseType is { } ancestor && CodecRules.IsAnnotated(ancestor) ? $" : {Name(ancestor)}" : string.Empty)}";
            foreach (var member in CodecRules.MembersOf(type))
            {
                yield return $"  {member.Id} {Name(member.Type)}";
            }
        }
    }

    // An annotated type is its alias: its name in the source may change.
    private static string Name(Type type)
    {
        if (type.IsSZArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }

        if (type.IsGenericType)
        {
            var name = ContractRules.AliasOf(type) ?? type.Name;
            return $"{(name.Contains('`', StringComparison.Ordinal) ? name[..name.IndexOf('`', StringComparison.Ordinal)] : name)}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
        }

        return ContractRules.AliasOf(type) ?? type.Name;
    }
}
