namespace VaultGrid.Embedded.Storage;

internal sealed class PendingChange<TResult>(Func<SqliteSession, TResult> change) : PendingChange
{
    private readonly TaskCompletionSource<TResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TResult _result = default!;
    private Exception? _thrown;

    public Task<TResult> Result => _done.Task;

    public override bool TryApply(SqliteSession session)
    {
        _thrown = null;
        try
        {
            _result = change(session);
            return true;
        }
#pragma warning disable CA1031 // Whoever asked for the change gets what it threw.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _thrown = exception;
            return false;
        }
    }

    public override void Acknowledge()
    {
        if (_thrown is null)
        {
            _done.TrySetResult(_result);
        }
        else
        {
            _done.TrySetException(_thrown);
        }
    }

    public override void Fail(Exception exception) => _done.TrySetException(_thrown ?? exception);
}
