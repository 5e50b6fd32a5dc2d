using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using VaultGrid.Embedded.Activations;
using VaultGrid.Embedded.Calls;
using VaultGrid.Embedded.Copying;
using VaultGrid.Embedded.Grains;
using VaultGrid.Embedded.State;

namespace VaultGrid.Embedded.Engine;

/// <summary>The parts of the engine, and the way of a call from one to the next.</summary>
internal sealed class GrainEngine : IDisposable
{
    private const int MaxForwards = 5;

    private readonly CancellationTokenSource _stop = new();
    private readonly Lazy<IIncomingGrainCallFilter[]> _incoming;
    private readonly Lazy<IOutgoingGrainCallFilter[]> _outgoing;
    private volatile bool _stopping;

    public GrainEngine(
        IServiceProvider services,
        EmbeddedEngineOptions options,
        TimeProvider time,
        IGrainStateStore states,
        IGrainStorageSerializer serializer,
        ILogger<GrainEngine> logger)
    {
        (Services, Options, Time, States, Serializer, Logger) = (services, options, time, states, serializer, logger);
        Classes = new GrainClasses(options.Assemblies, services);
        Copier = new DeepCopier(options.Assemblies.Distinct());
        References = new GrainReferences(this);
        Directory = new ActivationDirectory(this);

        // A filter may itself ask for an IGrainFactory, so filters are made when the first call is.
        _incoming = new(() => [.. services.GetServices<IIncomingGrainCallFilter>()]);
        _outgoing = new(() => [.. services.GetServices<IOutgoingGrainCallFilter>()]);
    }

    public IServiceProvider Services { get; }

    public EmbeddedEngineOptions Options { get; }

    public TimeProvider Time { get; }

    public IGrainStateStore States { get; }

    public IGrainStorageSerializer Serializer { get; }

    public ILogger Logger { get; }

    public GrainClasses Classes { get; }

    public DeepCopier Copier { get; }

    public GrainReferences References { get; }

    public ActivationDirectory Directory { get; }

    public IIncomingGrainCallFilter[] IncomingFilters => _incoming.Value;

    public IOutgoingGrainCallFilter[] OutgoingFilters => _outgoing.Value;

    /// <summary>Cancelled when grains have had the time they get to end.</summary>
    public CancellationToken StopToken => _stop.Token;

    /// <summary>Hands the call to its activation; every failure becomes the call's answer.</summary>
    public void Send(GrainCall call)
    {
        try
        {
            Directory.Deliver(call, Classes.Named(call.Target.Type));
        }
#pragma warning disable CA1031 // The caller hears of every failure.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            call.Fail(exception);
        }
    }

    /// <summary>Sends on a call whose activation ended before its turn came.</summary>
    public void Forward(GrainCall call)
    {
        // A grain whose activations all end before they serve anybody must not keep its callers going round.
        if (++call.Forwards > MaxForwards)
        {
            call.Fail(new OrleansMessageRejectionException($"{call.Target} ended {MaxForwards} times before it could serve this call."));
        }
        else
        {
            Send(call);
        }
    }

    /// <exception cref="SiloUnavailableException">No activation is made any more.</exception>
    public void RefuseIfStopping(GrainId grain)
    {
        if (_stopping)
        {
            throw new SiloUnavailableException($"The engine is stopping: {grain} is not activated any more.");
        }
    }

    /// <summary>Ends every activation; those that don't end in time are abandoned.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _stopping = true;
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The engine stops.");
        var ended = new List<Task>();
        foreach (var activation in Directory.All)
        {
            activation.Deactivate(reason, CancellationToken.None);
            ended.Add(activation.Deactivated);
        }

        try
        {
            await Task.WhenAll(ended).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await _stop.CancelAsync();
        }
    }

    public void Dispose() => _stop.Dispose();
}
