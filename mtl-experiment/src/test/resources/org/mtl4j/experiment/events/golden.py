"""One event of scalars and one that begins a session, by TensorBoard's own classes (tensorboard 2.21.0)."""
from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.record_writer import RecordWriter
import io
def record(event):
    class Keep(io.BytesIO):
        def close(self): pass
    out = Keep()
    writer = RecordWriter(out)
    writer.write(event.SerializeToString(deterministic=True))
    return out.getvalue().hex()
print("version", record(event_pb2.Event(wall_time=1700000000.25, step=0, file_version="brain.Event:2")))
print("start", record(event_pb2.Event(wall_time=1700000000.25, step=301,
      session_log=event_pb2.SessionLog(status=event_pb2.SessionLog.START))))
print("scalars", record(event_pb2.Event(wall_time=1700000000.25, step=300, summary=summary_pb2.Summary(value=[
      summary_pb2.Summary.Value(tag="loss/total", simple_value=0.625),
      summary_pb2.Summary.Value(tag="gradient_cosine/click, käufe", simple_value=-0.1)]))))
