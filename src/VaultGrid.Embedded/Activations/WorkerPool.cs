using VaultGrid.Embedded.Calls;
using VaultGrid.Embedded.Engine;
using VaultGrid.Embedded.Grains;

namespace VaultGrid.Embedded.Activations;

/// <summary>The activations of one stateless worker: an idle one is used, else one more is made, else the least busy queues.</summary>
internal sealed class WorkerPool(GrainEngine engine, int maxWorkers) : IActivationHome
{
    private readonly Lock _gate = new();
    private readonly List<Activation> _workers = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _workers.Count;
            }
        }
    }

    public IReadOnlyList<Activation> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _workers];
            }
        }
    }

    public void Deliver(GrainCall call, GrainClass grainClass)
    {
        // Chosen and given under one lock: a worker that was just given a call is not idle to the next.
        lock (_gate)
        {
            while (true)
            {
                var worker = ChooseNeedsLock(call, grainClass);
                if (worker.Accept(call))
                {
                    return;
                }

                _workers.Remove(worker);
            }
        }
    }

    public void Remove(Activation activation)
    {
        lock (_gate)
        {
            _workers.Remove(activation);
        }
    }

    private Activation ChooseNeedsLock(GrainCall call, GrainClass grainClass)
    {
        var least = _workers.MinBy(worker => worker.Load);
        if (least is not null && (least.Load == 0 || _workers.Count >= maxWorkers))
        {
            return least;
        }

        engine.RefuseIfStopping(call.Target);
        var made = new Activation(engine, grainClass, call.Target, this);
        _workers.Add(made);
        made.Begin(call);
        return made;
    }
}
