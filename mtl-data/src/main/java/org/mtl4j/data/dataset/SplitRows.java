package org.mtl4j.data.dataset;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.RawBatch;
import org.mtl4j.core.batch.RawCursor;
import org.mtl4j.core.task.Columns;
import org.mtl4j.data.split.Split;

/** The rows of one split, as a source. */
final class SplitRows implements BatchSource {
  private final List<SplitPart> parts;
  private final Split split;

  SplitRows(List<SplitPart> parts, Split split) {
    this.parts = parts;
    this.split = split;
  }

  @Override
  public Columns columns() {
    return parts.get(0).source().columns();
  }

  @Override
  public Set<String> missing(String column) {
    return parts.get(0).source().missing(column);
  }

  @Override
  public RawCursor open() {
    return new Cursor(parts.iterator());
  }

  @Override
  public List<String> warnings() {
    return parts.stream().flatMap(part -> part.source().warnings().stream()).toList();
  }

  @Override
  public boolean hasQuickFingerprint() {
    return parts.stream().allMatch(part -> part.source().hasQuickFingerprint());
  }

  /**
   * Over the sources, the rules that split them and the split: rows are not read for it, and files
   * only as bytes.
   */
  @Override
  public String fingerprint() {
    Hasher hasher = Hashing.sha256().newHasher();
    for (SplitPart part : parts) {
      String text = part.source().fingerprint() + "\n" + part.rule() + "\n";
      hasher.putString(text, StandardCharsets.UTF_8);
    }
    return hasher.putString(split.name(), StandardCharsets.UTF_8).hash().toString();
  }

  /** Reads part after part. */
  private final class Cursor implements RawCursor {
    private final Iterator<SplitPart> rest;
    private SplitPart part;
    private RawCursor rows;
    private boolean closed;

    Cursor(Iterator<SplitPart> rest) {
      this.rest = rest;
    }

    @Override
    public Optional<RawBatch> next(int maxRows) {
      if (closed) {
        throw new IllegalStateException("the cursor over the " + split + " rows is closed");
      }
      while (rows != null || rest.hasNext()) {
        if (rows == null) {
          part = rest.next();
          part.bind();
          rows = part.source().open();
        }
        Optional<RawBatch> block = rows.next(part.readable(maxRows));
        if (block.isEmpty()) {
          closePart();
          continue;
        }
        RawBatch selected = part.select(block.get(), split);
        if (selected.rowCount() > 0) {
          return Optional.of(selected);
        }
      }
      return Optional.empty();
    }

    private void closePart() {
      if (rows != null) {
        rows.close();
        rows = null;
      }
    }

    @Override
    public void close() {
      closed = true;
      closePart();
    }
  }
}
