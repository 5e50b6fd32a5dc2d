using Microsoft.Extensions.DependencyInjection;
using Orleans;
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

    public void Construct(GrainEngine engine, Activation activation) => _grain = activation.Class.Construction.Construct(engine, activation, Services, _states);

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
}
