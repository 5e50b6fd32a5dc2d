using System.Collections.Concurrent;

namespace VaultGrid.Engine.Tests.Hosting;

/// <summary>Named points in time that grains and tests wait for and reach: tests say who goes first without sleeping.</summary>
public sealed class Stage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _points = new();
    private readonly ConcurrentQueue<string> _diary = new();

    /// <summary>Tells the processes of one test apart.</summary>
    public string Name { get; init; } = string.Empty;

    public IReadOnlyList<string> Diary => [.. _diary];

    public void Reach(string point) => Point(point).TrySetResult();

    public Task Until(string point) => Point(point).Task.WaitAsync(Patience);

    public async Task Until(string point, CancellationToken cancellationToken) => await Point(point).Task.WaitAsync(Patience, cancellationToken);

    public bool IsReached(string point) => Point(point).Task.IsCompleted;

    public void Write(string line) => _diary.Enqueue(line);

    private TaskCompletionSource Point(string name) =>
        _points.GetOrAdd(name, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
