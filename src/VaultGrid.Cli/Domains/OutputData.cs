using VaultGrid.Ceremony.Files;

namespace VaultGrid.Cli.Domains;

/// <summary>
/// Where a command's data go: beside the file that they will be, readable by their owner alone, renamed when they are whole; so a run that fails leaves nothing. On standard output what was
/// written can't be taken back: readers of a pipe look at the exit code.
/// </summary>
internal sealed class OutputData : IAsyncDisposable
{
    private readonly string _path;
    private readonly string? _partial;
    private Stream? _stream;

    private OutputData(string path, string? partial, Stream stream) => (_path, _partial, _stream) = (path, partial, stream);

    public Stream Stream => _stream ?? throw new ObjectDisposedException(nameof(OutputData));

    public static OutputData Open(string path)
    {
        if (path == "-") return new OutputData(path, null, Console.OpenStandardOutput());
        var partial = $"{path}.{Guid.NewGuid():N}.partial";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new OutputData(path, partial, new FileStream(partial, options));
    }

    /// <summary>The data are whole: they get their name, never over another file's.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        var stream = Stream;
        await stream.FlushAsync(cancellationToken);
        if (_partial is not null) ((FileStream)stream).Flush(flushToDisk: true);
        _stream = null;
        await stream.DisposeAsync();
        if (_partial is null) return;
        AtomicFile.Publish(_partial, _path);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stream is null) return;
        await _stream.DisposeAsync();
        _stream = null;
        if (_partial is not null) File.Delete(_partial);
    }
}
