using System.Reflection;
using Orleans.Concurrency;

namespace VaultGrid.Engine.Tests.Contracts;

/// <summary>What Orleans's analyzers would say of grain interfaces, messages, states and exceptions, and some rules of our own.</summary>
internal sealed class ContractRules(IReadOnlyList<Assembly> assemblies)
{
    private readonly List<string> _violations = [];
    private readonly CodecRules _codecs = new(assemblies);

    private IEnumerable<Type> Types => assemblies.SelectMany(assembly => assembly.GetTypes());

    /// <summary>The grain interfaces, in the order of their names.</summary>
    public IReadOnlyList<Type> Interfaces =>
        [.. Types.Where(type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type)).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    /// <summary>The records that grain classes ask for.</summary>
    public IReadOnlyList<(Type Grain, string Name, string? Store, Type State)> States =>
    [
        .. Types.Where(type => type.IsClass && typeof(IGrainBase).IsAssignableFrom(type))
            .SelectMany(type => type.GetConstructors().SelectMany(constructor => constructor.GetParameters()), (type, parameter) => (type, parameter))
            .Select(pair => (pair.type, pair.parameter, Wanted: pair.parameter.GetCustomAttribute<PersistentStateAttribute>()))
            .Where(found => found.Wanted is not null)
            .Select(found => (found.type, found.Wanted!.StateName, found.Wanted.StorageName, found.parameter.ParameterType.GetGenericArguments()[0])),
    ];

    public IReadOnlyList<string> Check(bool everyCallCanBeCancelled)
    {
        CheckUnique("grain interface", Interfaces.Select(type => (type.FullName!, AliasOf(type))));
        foreach (var type in Interfaces)
        {
            CheckInterface(type, everyCallCanBeCancelled);
        }

        CheckGrains();
        CheckStates();
        foreach (var member in Types.SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)))
        {
            Require(!member.IsDefined(typeof(IdAttribute)), $"{member.DeclaringType!.Name}.{member.Name} is static and has an [Id]");
        }

        foreach (var exception in Types.Where(type => typeof(Exception).IsAssignableFrom(type)))
        {
            _codecs.Reach(exception, $"{exception.Name} (thrown)");
        }

        return [.. _violations, .. _codecs.Violations()];
    }

    internal static string? AliasOf(MemberInfo member) => member.GetCustomAttributes<AliasAttribute>(inherit: false).FirstOrDefault()?.Alias;

    private void CheckInterface(Type type, bool everyCallCanBeCancelled)
    {
        Require(type.GetProperties().Length == 0 && type.GetEvents().Length == 0, $"{type.Name} has properties or events");
        CheckUnique($"method of {type.Name}", type.GetMethods().Select(method => (method.Name, AliasOf(method))));
        foreach (var method in type.GetMethods())
        {
            var name = $"{type.Name}.{method.Name}";
            Require(!method.IsGenericMethod, $"{name} is generic");
            var returned = method.ReturnType;
            var kind = returned.IsGenericType ? returned.GetGenericTypeDefinition() : returned;
            Require(
                kind == typeof(Task) || kind == typeof(ValueTask) || kind == typeof(Task<>) || kind == typeof(ValueTask<>),
                $"{name} returns neither Task nor ValueTask");
            foreach (var parameter in method.GetParameters())
            {
                Require(!parameter.ParameterType.IsByRef, $"{name} has a ref or out parameter");
                _codecs.Reach(parameter.ParameterType, $"{name}({parameter.Name})");
            }

            if (returned.IsGenericType)
            {
                _codecs.Reach(returned.GetGenericArguments()[0], $"{name} (answer)");
            }

            Require(
                !everyCallCanBeCancelled || method.GetParameters() is [.., { ParameterType: var last }] && last == typeof(CancellationToken),
                $"{name} has no CancellationToken at its end");
        }
    }

    private void CheckGrains()
    {
        foreach (var method in Types.Where(type => type.IsClass && typeof(IGrainBase).IsAssignableFrom(type)).SelectMany(type => type.GetMethods()))
        {
            Require(!method.IsDefined(typeof(AlwaysInterleaveAttribute)), $"{method.DeclaringType!.Name}.{method.Name}: [AlwaysInterleave] belongs on the interface");
        }
    }

    // Orleans's ADO.NET storage finds a record by the grain's key and the state's name, not by its class: two classes that share a
    // name would share records wherever their keys meet.
    private void CheckStates()
    {
        foreach (var shared in States.GroupBy(state => state.Name).Where(group => group.Select(state => state.Grain).Distinct().Count() > 1))
        {
            _violations.Add($"state name '{shared.Key}' is used by {string.Join(" and ", shared.Select(state => state.Grain.Name).Distinct())}");
        }

        foreach (var (grain, name, store, state) in States)
        {
            Require(store is null, $"{grain.Name} names a store for '{name}': there is only the default one");
            _codecs.Reach(state, $"{grain.Name} [{name}]");
        }
    }

    private void CheckUnique(string what, IEnumerable<(string Name, string? Alias)> aliased)
    {
        foreach (var group in aliased.GroupBy(item => item.Alias))
        {
            Require(!string.IsNullOrWhiteSpace(group.Key), $"{what} without [Alias]: {string.Join(", ", group.Select(item => item.Name))}");
            Require(string.IsNullOrWhiteSpace(group.Key) || group.Count() == 1, $"{what}: '{group.Key}' is used twice");
        }
    }

    private void Require(bool holds, string violation)
    {
        if (!holds)
        {
            _violations.Add(violation);
        }
    }
}
