package org.mtl4j.serving.feedback;

import java.io.IOException;

/** A file that does what another one does. */
class ForwardingFile implements AppendFile {
  private final AppendFile file;

  ForwardingFile(AppendFile file) {
    this.file = file;
  }

  @Override
  public long size() throws IOException {
    return file.size();
  }

  @Override
  public void append(byte[] bytes) throws IOException {
    file.append(bytes);
  }

  @Override
  public void truncate(long bytes) throws IOException {
    file.truncate(bytes);
  }

  @Override
  public void sync() throws IOException {
    file.sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
