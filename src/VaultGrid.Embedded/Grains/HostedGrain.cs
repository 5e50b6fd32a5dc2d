using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Runtime;
using VaultGrid.Embedded.Activations;
using VaultGrid.Embedded.Engine;
using VaultGrid.Embedded.State;

namespace VaultGrid.Embedded.Grains;

/// <summary>A grain object with its services and its stored records.</summary>
internal sealed class HostedGrain : IAsyncDisposable
{
    private readonly AsyncServiceScope _scope;
    private readonly List<IStoredState> _states = [];
    private IGrainBase? _grain;

    public HostedGrain(GrainEngine engine) => _scope = engine.Services.CreateAsyncScope();

    public IServiceProvider Services => _scope.ServiceProvider;

    public IGrainBase Grain => _grain!;

    public void Construct(GrainEngine engine, Activation activation)
    {
        var constructor = activation.Class.Constructor;
        var arguments = constructor.GetParameters().Select(parameter => Resolve(engine, activation, parameter)).ToArray();
        _grain = (IGrainBase)constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        foreach (var state in _states)
        {
            await state.ReadStateAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        switch (_grain)
        {
            case IAsyncDisposable disposable:
                await disposable.DisposeAsync();
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
            default:
                break;
        }

        await _scope.DisposeAsync();
    }

    private object? Resolve(GrainEngine engine, Activation activation, ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } wanted)
        {
            var state = StoredStateFactory.Create(engine, activation, parameter, wanted);
            _states.Add(state);
            return state;
        }

        if (parameter.ParameterType == typeof(IGrainContext))
        {
            return activation;
        }

        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
        {
            return Services.GetRequiredKeyedService(parameter.ParameterType, keyed.Key);
        }

        return Services.GetService(parameter.ParameterType)
            ?? (parameter.HasDefaultValue
                ? parameter.DefaultValue
                : throw new InvalidOperationException(
                    $"Grain class {activation.Class.Type} needs a {parameter.ParameterType} that is not registered."));
    }
}
