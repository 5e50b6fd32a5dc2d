using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using VaultGrid.Embedded.Activations;

namespace Orleans;

/// <summary>The usual base of grain classes.</summary>
public abstract class Grain : IGrainBase, IAddressable
{
    protected Grain()
    {
        // Null only for a grain made outside an engine, by a unit test.
        GrainContext = ActivationContext.Current!;
    }

    [AllowNull]
    public IGrainContext GrainContext { get; private set; }

    public string IdentityString => GrainContext.GrainId.ToString();

    protected IGrainFactory GrainFactory => ServiceProvider.GetRequiredService<IGrainFactory>();

    protected internal IServiceProvider ServiceProvider => Context.ActivationServices;

    private IGrainContext Context =>
        GrainContext ?? throw new InvalidOperationException("This grain was not created by an engine, so it has no context.");

#pragma warning disable CA1725 // The parameter names are Orleans's.
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;
#pragma warning restore CA1725

    /// <summary>Ends this activation when it has answered what it is working on.</summary>
    protected void DeactivateOnIdle() =>
        Context.Deactivate(new DeactivationReason(DeactivationReasonCode.ApplicationRequested, "The grain asked to be deactivated."));

    /// <summary>Keeps this activation for at least <paramref name="timeSpan"/>, however idle; zero or less lifts an earlier wish.</summary>
    protected void DelayDeactivation(TimeSpan timeSpan) => ((Activation)Context).DelayDeactivation(timeSpan);
}
