namespace Fukami.Lab;

/// <summary>Keeps what was used last: when all entries together weigh more than it holds, those go that nobody has used for longest. Thread-safe.</summary>
/// <param name="capacity">What it holds.</param>
internal sealed class RecentlyUsed<TKey, TValue>(long capacity)
    where TKey : notnull
    where TValue : class
{
    private readonly Dictionary<TKey, LinkedListNode<Entry>> entries = [];
    private readonly LinkedList<Entry> order = new(); // the last used comes last
    private readonly Lock gate = new();
    private long weight;

    /// <summary>The value of a key, or null.</summary>
    public TValue? Find(TKey key)
    {
        lock (gate)
        {
            return Use(key)?.Value.Value;
        }
    }

    /// <summary>The value of a key; a new one, which weighs nothing yet, where there is none.</summary>
    public TValue FindOrAdd(TKey key, Func<TValue> make)
    {
        lock (gate)
        {
            LinkedListNode<Entry> node = Use(key) ?? Add(new Entry(key, make(), 0));
            return node.Value.Value;
        }
    }

    /// <summary>Keeps a value, in the place of an earlier one of its key.</summary>
    public void Keep(TKey key, TValue value, long itsWeight)
    {
        lock (gate)
        {
            if (Use(key) is { } earlier)
            {
                Remove(earlier);
            }

            Add(new Entry(key, value, itsWeight));
            while (weight > capacity)
            {
                Remove(order.First!);
            }
        }
    }

    private LinkedListNode<Entry>? Use(TKey key)
    {
        if (entries.TryGetValue(key, out LinkedListNode<Entry>? node))
        {
            order.Remove(node);
            order.AddLast(node);
        }

        return node;
    }

    private LinkedListNode<Entry> Add(Entry entry)
    {
        LinkedListNode<Entry> node = order.AddLast(entry);
        entries.Add(entry.Key, node);
        weight += entry.Weight;
        return node;
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        order.Remove(node);
        entries.Remove(node.Value.Key);
        weight -= node.Value.Weight;
    }

    private readonly record struct Entry(TKey Key, TValue Value, long Weight);
}
