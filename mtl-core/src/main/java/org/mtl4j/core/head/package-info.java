/** From logit to loss and prediction, one head a task type. */
package org.mtl4j.core.head;
