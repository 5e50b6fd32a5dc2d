using System.Collections.Concurrent;
using Orleans.Runtime;
using VaultGrid.Embedded.Calls;
using VaultGrid.Embedded.Engine;
using VaultGrid.Embedded.Grains;

namespace VaultGrid.Embedded.Activations;

/// <summary>Finds or makes the activation that a call is for.</summary>
internal sealed class ActivationDirectory(GrainEngine engine) : IActivationHome
{
    private readonly ConcurrentDictionary<GrainId, Activation> _activations = new();
    private readonly ConcurrentDictionary<GrainId, WorkerPool> _pools = new();

    public IEnumerable<Activation> All => _activations.Values.Concat(_pools.Values.SelectMany(pool => pool.All));

    public int Count => _activations.Count + _pools.Values.Sum(pool => pool.Count);

    public void Deliver(GrainCall call, GrainClass grainClass)
    {
        if (grainClass.MaxWorkers is { } workers)
        {
            _pools.GetOrAdd(call.Target, static (_, state) => new WorkerPool(state.engine, state.workers), (engine, workers))
                .Deliver(call, grainClass);
            return;
        }

        while (true)
        {
            if (!_activations.TryGetValue(call.Target, out var activation))
            {
                engine.RefuseIfStopping(call.Target);
                activation = new Activation(engine, grainClass, call.Target, this);
                if (!_activations.TryAdd(call.Target, activation))
                {
                    continue;
                }

                activation.Begin(call);
            }

            if (activation.Accept(call))
            {
                return;
            }

            // It ended between look-up and call; it may not have been removed yet.
            Remove(activation);
        }
    }

    public void Remove(Activation activation) =>
        _activations.TryRemove(KeyValuePair.Create(activation.GrainId, activation));
}
