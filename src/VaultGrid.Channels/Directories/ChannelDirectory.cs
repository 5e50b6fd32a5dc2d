using System.Security.Cryptography;

namespace VaultGrid.Channels;

/// <summary>
/// A channel as a directory: <c>requests/</c> and <c>answers/</c>, one file for each message, named by its subject. Both sides may have the directory
/// mounted, or files are carried between two of them by whatever means. Files appear whole; nothing that stands in one is believed.
/// </summary>
public sealed class ChannelDirectory
{
    /// <summary>The most files that are looked at in one of the two.</summary>
    public const int MostFiles = 4096;

    private const string Extension = ".vgm";

    private readonly string _requests;
    private readonly string _answers;

    /// <summary>Opens the directory; makes it where it isn't there.</summary>
    public ChannelDirectory(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        (Path, _requests, _answers) = (path, System.IO.Path.Combine(path, "requests"), System.IO.Path.Combine(path, "answers"));
        Directory.CreateDirectory(_requests);
        Directory.CreateDirectory(_answers);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The subjects of the requests that lie there.</summary>
    public IReadOnlyList<Hash256> Requests => List(_requests);

    /// <summary>The subjects of the answers that lie there.</summary>
    public IReadOnlyList<Hash256> Answers => List(_answers);

    /// <summary>Puts a message where it belongs, in place of an older one about the same subject.</summary>
    public void Put(Hash256 subject, ChannelMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var file = File(message.IsAnswer ? _answers : _requests, subject);
        var partial = $"{file}.{RandomNumberGenerator.GetHexString(16, lowercase: true)}.partial";
        System.IO.File.WriteAllBytes(partial, message.ToBytes());
        System.IO.File.Move(partial, file, overwrite: true);
    }

    /// <summary>Reads a request; null where there is none.</summary>
    public Outcome<ChannelMessage>? Request(Hash256 subject) => Read(File(_requests, subject));

    /// <summary>Reads an answer; null where there is none.</summary>
    public Outcome<ChannelMessage>? Answer(Hash256 subject) => Read(File(_answers, subject));

    /// <summary>Removes the request.</summary>
    public void DropRequest(Hash256 subject) => System.IO.File.Delete(File(_requests, subject));

    /// <summary>Removes the answer.</summary>
    public void DropAnswer(Hash256 subject) => System.IO.File.Delete(File(_answers, subject));

    private static string File(string directory, Hash256 subject) => System.IO.Path.Combine(directory, subject.ToString()[2..] + Extension);

    private static IReadOnlyList<Hash256> List(string directory) =>
    [
        .. new DirectoryInfo(directory).EnumerateFiles("*" + Extension).Take(MostFiles).OrderBy(file => file.LastWriteTimeUtc)
            .Select(file => Hash256.TryParse("0x" + System.IO.Path.GetFileNameWithoutExtension(file.Name), out var subject) ? subject : (Hash256?)null)
            .OfType<Hash256>(),
    ];

    // Never more than a message can have, whatever lies there.
    private static Outcome<ChannelMessage>? Read(string file)
    {
        try
        {
            using var stream = System.IO.File.OpenRead(file);
            if (stream.Length > ChannelMessage.Limit) return new Refusal(RefusalCode.InputTooLarge, $"{System.IO.Path.GetFileName(file)} has more than {ChannelMessage.Limit} bytes");
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return ChannelMessage.Parse(bytes);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (EndOfStreamException)
        {
            return new Refusal(RefusalCode.InputMalformed, $"{System.IO.Path.GetFileName(file)} became shorter while it was read");
        }
    }
}
