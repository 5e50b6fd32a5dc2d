using System.Reflection;
using Orleans.Runtime;
using VaultGrid.Embedded.Activations;
using VaultGrid.Embedded.Engine;

namespace VaultGrid.Embedded.State;

/// <summary>Makes the record that a constructor parameter asks for.</summary>
internal static class StoredStateFactory
{
    /// <exception cref="InvalidOperationException">The parameter is no IPersistentState, or names a store that does not exist.</exception>
    public static IStoredState Create(GrainEngine engine, Activation activation, ParameterInfo parameter, PersistentStateAttribute wanted)
    {
        var type = parameter.ParameterType;
        if (!type.IsGenericType || type.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new InvalidOperationException($"'{parameter.Name}' of {activation.Class.Type} is not an IPersistentState.");
        }

        if (!string.IsNullOrEmpty(wanted.StorageName))
        {
            throw new InvalidOperationException(
                $"{activation.Class.Type} asks for a store named '{wanted.StorageName}': there is only the default one.");
        }

        var name = wanted.StateName.Length == 0 ? parameter.Name! : wanted.StateName;
        return (IStoredState)Activator.CreateInstance(
            typeof(StoredState<>).MakeGenericType(type.GetGenericArguments()),
            engine.States,
            engine.Serializer,
            new StateKey(activation.GrainId, name))!;
    }
}
