using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using VaultGrid.Embedded.Activations;
using VaultGrid.Embedded.Engine;
using VaultGrid.Embedded.State;

namespace VaultGrid.Embedded.Grains;

/// <summary>How grains of a class are made. What the constructor asks for is found out once: grains that serve one request each are made as often as there are requests.</summary>
internal sealed class GrainConstruction
{
    private readonly Argument[] _arguments;
    private readonly Func<object?[], IGrainBase> _construct;

    /// <exception cref="InvalidOperationException">A record that the constructor asks for can't be had.</exception>
    public GrainConstruction(Type type, ConstructorInfo constructor)
    {
        var parameters = constructor.GetParameters();
        _arguments = [.. parameters.Select(parameter => Of(type, parameter))];
        var given = Expression.Parameter(typeof(object?[]));
        var made = Expression.New(constructor, parameters.Select((parameter, i) =>
            Expression.Convert(Expression.ArrayIndex(given, Expression.Constant(i)), parameter.ParameterType)));
        _construct = Expression.Lambda<Func<object?[], IGrainBase>>(Expression.Convert(made, typeof(IGrainBase)), given).Compile();
    }

    private delegate object? Argument(GrainEngine engine, Activation activation, IServiceProvider services, List<IStoredState> states);

    /// <summary>Makes one.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="activation">Its activation.</param>
    /// <param name="services">Its services.</param>
    /// <param name="states">Takes its records, which are still to be read.</param>
    /// <exception cref="InvalidOperationException">A service is not registered.</exception>
    public IGrainBase Construct(GrainEngine engine, Activation activation, IServiceProvider services, List<IStoredState> states)
    {
        var arguments = new object?[_arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = _arguments[i](engine, activation, services, states);
        }

        return _construct(arguments);
    }

    private static Argument Of(Type type, ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } wanted)
        {
            var create = StoredStateFactory.For(type, parameter, wanted);
            return (engine, activation, _, states) =>
            {
                var state = create(engine, activation.GrainId);
                states.Add(state);
                return state;
            };
        }

        var needed = parameter.ParameterType;
        if (needed == typeof(IGrainContext))
        {
            return (_, activation, _, _) => activation;
        }

        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
        {
            return (_, _, services, _) => services.GetRequiredKeyedService(needed, keyed.Key);
        }

        if (!parameter.HasDefaultValue)
        {
            return (_, _, services, _) => services.GetService(needed)
                ?? throw new InvalidOperationException($"Grain class {type} needs a {needed} that is not registered.");
        }

        // A structure's default is told as null.
        var usual = parameter.DefaultValue ?? (needed.IsValueType ? Activator.CreateInstance(needed) : null);
        return (_, _, services, _) => services.GetService(needed) ?? usual;
    }
}
