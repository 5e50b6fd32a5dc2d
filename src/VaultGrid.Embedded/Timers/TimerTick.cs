using VaultGrid.Embedded.Activations;
using VaultGrid.Embedded.Calls;

namespace VaultGrid.Embedded.Timers;

/// <summary>A tick on its way to the one activation that asked for it.</summary>
internal sealed partial class TimerTick(Activation activation, GrainTimer timer) : GrainCall(activation.Engine, activation.GrainId)
{
    public override bool Interleaves => timer.Interleaves;

    public override bool CountsAsUse => timer.KeepsAlive;

    public override bool IsForTheGrain => false;

    public override async Task RunAsync(Activation activation)
    {
        Exception? thrown = null;
        try
        {
            await timer.TickAsync();
        }
#pragma warning disable CA1031 // Nobody awaits a tick: the log is the only place for its failure.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            thrown = exception;
            Log.TickFailed(Engine.Logger, Target, exception);
        }

        activation.Finished(this, thrown);
    }

    public override void Fail(Exception exception)
    {
        // The activation could not be made, or ended first: its timers ended with it.
    }

    public override void Expire(TimeSpan timeout)
    {
        // Nobody waits for an answer.
    }
}
