/** A learnt covariance of tasks: Zhang and Yeung 2010. */
package org.mtl4j.models.taskrelationship;
