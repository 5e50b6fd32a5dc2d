using System.Reflection;
using Orleans.Runtime;
using VaultGrid.Embedded.Engine;

namespace VaultGrid.Embedded.State;

/// <summary>Makes the records that constructor parameters ask for.</summary>
internal static class StoredStateFactory
{
    /// <summary>What makes a parameter's record for a grain.</summary>
    /// <exception cref="InvalidOperationException">The parameter is no IPersistentState, or names a store that does not exist.</exception>
    public static Func<GrainEngine, GrainId, IStoredState> For(Type grainClass, ParameterInfo parameter, PersistentStateAttribute wanted)
    {
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new InvalidOperationException($"'{parameter.Name}' of {grainClass} is not an IPersistentState.");
        }

        if (!string.IsNullOrEmpty(wanted.StorageName))
        {
            throw new InvalidOperationException(
                $"{grainClass} asks for a store named '{wanted.StorageName}': there is only the default one.");
        }

        var name = wanted.StateName.Length == 0 ? parameter.Name! : wanted.StateName;
        return typeof(StoredStateFactory)
            .GetMethod(nameof(Make), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type.GetGenericArguments())
            .CreateDelegate<Func<string, Func<GrainEngine, GrainId, IStoredState>>>()(name);
    }

    private static Func<GrainEngine, GrainId, IStoredState> Make<TState>(string name) =>
        (engine, grain) => new StoredState<TState>(engine.States, engine.Serializer, new StateKey(grain, name));
}
